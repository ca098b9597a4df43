namespace RegionWebUI.Sdk.Hooks;

/// <summary>What every hook of a model call or step is given.</summary>
public abstract class StepContext : HookContext
{
    /// <summary>Where in the run it stands.</summary>
    public abstract StepInfo Step { get; }

    /// <summary>The lanes of the run.</summary>
    public abstract IReadOnlyList<Lane> Lanes { get; }

    /// <summary>The box that covers a whole lane.</summary>
    public abstract Box Frame { get; }

    /// <summary>The state of a lane, variance preserving: what the UNet eats in this call; in a blend, what the sampler step gave.</summary>
    /// <param name="lane">One of <see cref="Lanes"/>.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Latent Z(Lane lane);
}
