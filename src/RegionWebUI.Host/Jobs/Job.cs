using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Jobs;

/// <summary>What the queue keeps about one job. Every member is used under the queue's lock, but for the token and the completion.</summary>
internal sealed class Job(GenerationRequest request) : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly TaskCompletionSource<JobSnapshot> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobSnapshot Snapshot { get; private set; } =
        new(Guid.NewGuid(), request, Version: 1, JobState.Queued) { Steps = request.Steps };

    public ReadOnlyMemory<byte>? Preview { get; set; }

    /// <summary>Whether the listeners were told that it is queued; only then may it run.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Whether its pictures are being kept; from then on it can no longer be interrupted.</summary>
    public bool IsKeeping { get; set; }

    /// <summary>Whether somebody ended it; set under the lock, so that it and <see cref="IsKeeping"/> never cross.</summary>
    public bool IsInterruptRequested { get; set; }

    public CancellationToken Interrupted => _interrupt.Token;

    /// <summary>Completes when the job is final.</summary>
    public Task<JobSnapshot> Completion => _completion.Task;

    /// <summary>Makes the next snapshot.</summary>
    public JobSnapshot Change(Func<JobSnapshot, JobSnapshot> change)
    {
        Snapshot = change(Snapshot) with { Version = Snapshot.Version + 1 };
        return Snapshot;
    }

    /// <summary>Lets go of the pictures that came with it and of its preview: a hundred finished jobs must not hold them in memory.</summary>
    public void DropPictures()
    {
        Preview = null;
        if (Snapshot.Request is { Init: not null } or { Mask: not null })
        {
            Change(s => s with { Request = s.Request with { Init = null, Mask = null } });
        }
    }

    public void Interrupt() => _interrupt.Cancel();

    public void Complete() => _completion.TrySetResult(Snapshot);

    public void Dispose() => _interrupt.Dispose();
}
