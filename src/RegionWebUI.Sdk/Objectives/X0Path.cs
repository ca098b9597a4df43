using RegionWebUI.Graph;

namespace RegionWebUI.Sdk.Objectives;

/// <summary>
/// How a loss of the predicted x0 hangs on z, in one of two ways that are used alike: <see cref="Write"/> begins the loss with x0,
/// <see cref="Inputs"/> are its values, and <see cref="Gradient"/> is dL/dz, as <see cref="Hooks.GuideContext.Push"/> wants it.
/// </summary>
/// <remarks>Nothing that differs from step to step is a part of the graph, so nothing is compiled anew between steps.</remarks>
public abstract class X0Path
{
    private protected X0Path()
    {
    }

    /// <summary>Name of the input that is differentiated by, for <see cref="INetworks.Objective"/>.</summary>
    public abstract string Wrt { get; }

    /// <summary>
    /// Frozen: x0 itself is the input "x0", and dx0/dz is taken to be sqrt(abar), its mean for latents that are normal. It costs no UNet pass.
    /// </summary>
    /// <param name="x0">The prediction.</param>
    /// <param name="alphaBar">abar of the model call, above 0.</param>
    public static X0Path Frozen(Latent x0, double alphaBar) => new FrozenX0Path(x0, alphaBar);

    /// <summary>
    /// Exact: x0 = (z - sqrt(1 - abar) eps) / sqrt(abar) with eps of the UNet after classifier-free guidance, both halves of it. Its inputs are
    /// "z", "t", "abar", "positive" and, with a guidance scale other than 1, "negative" and "cfg".
    /// </summary>
    /// <param name="z">The state that the UNet eats.</param>
    /// <param name="step">The model call.</param>
    /// <param name="row">Its prompts and guidance scale. It must see all of z.</param>
    /// <exception cref="ArgumentException">The row sees a part of z.</exception>
    public static X0Path ThroughUnet(Latent z, StepInfo step, DenoiseRow row) => new UnetX0Path(z, step, row);

    /// <summary>Writes x0 [1, C, h, w] and what it hangs on.</summary>
    /// <param name="b">Writes the loss.</param>
    public abstract Expr Write(ILossBuilder b);

    /// <summary>Values of the inputs that <see cref="Write"/> makes, a new dictionary each time: those of the loss's own are added to it.</summary>
    public abstract Dictionary<string, ReadOnlyMemory<float>> Inputs();

    /// <summary>dL/dz.</summary>
    /// <param name="at">An evaluation of the loss, with the gradient with respect to <see cref="Wrt"/>.</param>
    public abstract Latent Gradient(Evaluation at);
}
