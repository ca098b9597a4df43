using RegionWebUI.Diffusion;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Jobs;

/// <summary>
/// The one queue of the program: jobs run in order, one at a time, and belong to no browser; a page that comes back finds them again.
/// All members may be called from any thread.
/// </summary>
public interface IJobQueue
{
    /// <summary>
    /// Raised after every change of a job, with its newest snapshot, from the thread that changed it. Handlers must return at once.
    /// </summary>
    event Action<JobSnapshot>? Changed;

    /// <summary>Queued and running jobs in order, then the latest finished ones, newest first (at most 100).</summary>
    IReadOnlyList<JobSnapshot> Jobs { get; }

    /// <summary>The running job, else the next queued one, else null.</summary>
    JobSnapshot? Current { get; }

    /// <summary>Accepts a job.</summary>
    /// <param name="request">What to make; its seed must be drawn already.</param>
    /// <returns>The job as queued.</returns>
    /// <exception cref="BadInputException">A value of the request is out of range; nothing was queued.</exception>
    /// <exception cref="QueueFullException">Too many jobs wait, or their pictures take too much memory; nothing was queued.</exception>
    JobSnapshot Submit(GenerationRequest request);

    /// <summary>Ends one job: a queued one is dropped, a running one stops within one model call.</summary>
    /// <returns>False when the job is unknown or already final.</returns>
    bool Interrupt(Guid id);

    /// <summary>The newest snapshot of a job, or null when it is unknown.</summary>
    JobSnapshot? Find(Guid id);

    /// <summary>PNG bytes of the job's newest preview, or null when there is none.</summary>
    ReadOnlyMemory<byte>? Preview(Guid id);
}
