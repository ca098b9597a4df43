namespace RegionWebUI.Sdk.Hooks;

/// <summary>All lanes after a sampler step, at the noise level the step ended at.</summary>
public abstract class BlendContext : StepContext
{
    /// <summary>The clean latent that the step's first model call predicted for a lane, after guidance.</summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Latent X0(Lane lane);

    /// <summary>Replaces the state of a lane.</summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <param name="z">Finite values of the lane's shape, variance preserving, at <see cref="StepInfo.AlphaBarNext"/>.</param>
    /// <exception cref="ArgumentException">There is no such lane, the shape differs, or a value is no number.</exception>
    public abstract void Set(Lane lane, Latent z);

    /// <summary>
    /// A clean latent at the noise level the step ended at: sqrt(abar_next) z0 + sqrt(1 - abar_next) n; after the last step z0 itself.
    /// </summary>
    /// <param name="z0">A clean latent.</param>
    /// <param name="noise">Unit noise of equal shape; the same at every step keeps what is outside a mask on one path.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Latent Noised(Latent z0, Latent noise) => Step.IsLast ? z0 : Diffuse.Forward(z0, noise, Step.AlphaBarNext);
}
