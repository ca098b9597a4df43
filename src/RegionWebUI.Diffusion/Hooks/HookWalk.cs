using System.Runtime.ExceptionServices;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The one call of an extension's sampler: where it is, and what the run did inside it.</summary>
internal sealed class HookWalk
{
    /// <summary>Sampler step under way, from 0.</summary>
    public int Step { get; set; }

    /// <summary>How long the run itself was at work inside the call.</summary>
    public TimeSpan Inside { get; set; }

    /// <summary>The first error of the run itself; the sampler may have gone on regardless.</summary>
    public ExceptionDispatchInfo? Error { get; set; }
}
