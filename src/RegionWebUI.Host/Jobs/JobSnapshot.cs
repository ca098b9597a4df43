using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Jobs;

/// <summary>An immutable view of a job at one moment; a later moment is a later snapshot with a higher <see cref="Version"/>.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Request">What was asked for, with its seed drawn.</param>
/// <param name="Version">Grows with every change of the job.</param>
/// <param name="State">Where the job stands.</param>
public sealed record JobSnapshot(Guid Id, GenerationRequest Request, long Version, JobState State)
{
    /// <summary>What a running job does now.</summary>
    public GenerationPhase Phase { get; init; }

    /// <summary>Sampler steps done.</summary>
    public int Step { get; init; }

    /// <summary>Sampler steps of the run.</summary>
    public int Steps { get; init; }

    /// <summary>Steps per second over the last few steps; 0 before two steps are done.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>Time until the last step at the present rate; null before two steps are done.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Number of the newest preview, from 1; 0 before the first.</summary>
    public int Preview { get; init; }

    /// <summary>Gallery ids of the finished pictures, in seed order.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>One sentence for people when <see cref="State"/> is Failed.</summary>
    public string? Error { get; init; }

    /// <summary>Parameter at fault when the error is one of input (a property name of <see cref="GenerationRequest"/>).</summary>
    public string? ErrorField { get; init; }

    /// <summary>Seconds from start to end of a finished run.</summary>
    public double Seconds { get; init; }

    /// <summary>Device that ran.</summary>
    public string Device { get; init; } = "";

    /// <summary>What an extension's hook that takes long is doing; null when none is.</summary>
    public HookNews? HookNews { get; init; }

    /// <summary>What extensions did in a finished run, summed up by extension and stage.</summary>
    public IReadOnlyList<HookUse> Hooks { get; init; } = [];

    /// <summary>Extensions that threw, so that the run went on without them.</summary>
    public IReadOnlyList<HookFailure> HookFailures { get; init; } = [];

    /// <summary>Whether the job can change no more.</summary>
    public bool IsFinal => State is JobState.Done or JobState.Failed or JobState.Interrupted;
}
