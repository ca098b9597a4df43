using RegionWebUI.Host.Jobs;

namespace RegionWebUI.Api;

/// <summary>A job as the API shows it.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="State">queued, running, done, failed or interrupted.</param>
/// <param name="Phase">loading, encoding, sampling or decoding; null unless running.</param>
/// <param name="Step">Sampler steps done.</param>
/// <param name="Steps">Sampler steps of the run.</param>
/// <param name="StepsPerSecond">Rate over the last steps; 0 when unknown.</param>
/// <param name="RemainingSeconds">Time to the last step; null when unknown.</param>
/// <param name="Preview">Number of the newest preview; 0 before the first.</param>
/// <param name="Pictures">Gallery ids of the finished pictures.</param>
/// <param name="Seed">Seed of the first picture.</param>
/// <param name="Error">One sentence when failed.</param>
/// <param name="ErrorField">The field at fault, in this API's spelling.</param>
/// <param name="Seconds">Length of a finished run.</param>
/// <param name="Device">Device that ran.</param>
/// <param name="Hooks">What extensions did in a finished run.</param>
/// <param name="HookFailures">Extensions that threw, so that the run went on without them.</param>
internal sealed record JobView(
    Guid Id, string State, string? Phase, int Step, int Steps, double StepsPerSecond, double? RemainingSeconds, int Preview,
    IReadOnlyList<string> Pictures, long Seed, string? Error, string? ErrorField, double Seconds, string Device,
    IReadOnlyList<HookView> Hooks, IReadOnlyList<HookFailureView> HookFailures)
{
    /// <summary>The view of a snapshot.</summary>
    internal static JobView Of(JobSnapshot job) => new(
        job.Id,
        ApiJson.Name(job.State.ToString()),
        job.State == JobState.Running ? ApiJson.Name(job.Phase.ToString()) : null,
        job.Step,
        job.Steps,
        job.StepsPerSecond,
        job.Remaining?.TotalSeconds,
        job.Preview,
        job.Pictures,
        job.Request.Seed,
        job.Error,
        job.ErrorField is { } field ? ApiJson.Name(field) : null,
        job.Seconds,
        job.Device,
        [.. job.Hooks.Select(HookView.Of)],
        [.. job.HookFailures.Select(HookFailureView.Of)]);
}
