using RegionWebUI.Diffusion;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Fakes;

/// <summary>A queue whose jobs go on only when the test says so.</summary>
internal sealed class FakeJobQueue : IJobQueue
{
    private readonly Lock _gate = new();
    private readonly List<JobSnapshot> _jobs = [];
    private readonly Dictionary<Guid, byte[]> _previews = [];
    private long _version;

    public event Action<JobSnapshot>? Changed;

    /// <summary>What is thrown by the next Submit.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Whether jobs are at the point where an interrupt comes too late.</summary>
    public bool IsKeeping { get; set; }

    public int Listeners => Changed?.GetInvocationList().Length ?? 0;

    public List<GenerationRequest> Submitted { get; } = [];

    public IReadOnlyList<JobSnapshot> Jobs
    {
        get
        {
            lock (_gate)
            {
                return [.. _jobs.Where(j => !j.IsFinal), .. _jobs.Where(j => j.IsFinal).Reverse()];
            }
        }
    }

    public JobSnapshot? Current => Jobs.FirstOrDefault(j => !j.IsFinal);

    public JobSnapshot Submit(GenerationRequest request)
    {
        if (Refusal is { } refusal)
        {
            Refusal = null;
            throw refusal;
        }

        Check(request.Steps is >= 1 and <= 1000, nameof(request.Steps), $"Steps {request.Steps} is outside 1..1000.");
        Check(request.Width is null or (>= 64 and <= 2048) && request.Width % 8 is null or 0, nameof(request.Width),
            $"Width {request.Width} is not a multiple of 8 in 64..2048.");
        Check(request.Prompt.Length <= 32768, nameof(request.Prompt),
            $"The prompt has {request.Prompt.Length} characters; at most 32768 are allowed.");
        Submitted.Add(request);
        return Put(new JobSnapshot(Guid.NewGuid(), request, 0, JobState.Queued) { Steps = request.Steps });
    }

    public bool Interrupt(Guid id) => !IsKeeping && Find(id) is { IsFinal: false } job && Put(job with { State = JobState.Interrupted }).IsFinal;

    public JobSnapshot? Find(Guid id)
    {
        lock (_gate)
        {
            return _jobs.Find(j => j.Id == id);
        }
    }

    public ReadOnlyMemory<byte>? Preview(Guid id)
    {
        lock (_gate)
        {
            return _previews.TryGetValue(id, out var png) ? png : (ReadOnlyMemory<byte>?)null;
        }
    }

    /// <summary>Changes a job unless it is final.</summary>
    public JobSnapshot Change(Guid id, Func<JobSnapshot, JobSnapshot> change) => Find(id) is { IsFinal: false } job ? Put(change(job)) : Find(id)!;

    public void SetPreview(Guid id, byte[] png)
    {
        lock (_gate)
        {
            _previews[id] = png;
        }
    }

    private static void Check(bool fine, string field, string message)
    {
        if (!fine)
        {
            throw new BadInputException(field, message);
        }
    }

    private JobSnapshot Put(JobSnapshot job)
    {
        lock (_gate)
        {
            job = job with { Version = ++_version };
            var at = _jobs.FindIndex(j => j.Id == job.Id);
            if (at < 0)
            {
                _jobs.Add(job);
            }
            else
            {
                _jobs[at] = job;
            }
        }

        Changed?.Invoke(job);
        return job;
    }
}
