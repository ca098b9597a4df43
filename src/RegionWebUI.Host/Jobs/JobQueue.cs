using System.Threading.Channels;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Jobs;

/// <summary>The queue with its one worker. A job's failure ends that job only; the next one runs.</summary>
public sealed class JobQueue : IJobQueue, IAsyncDisposable
{
    /// <summary>Most jobs that may wait.</summary>
    public const int Capacity = 1000;

    private const int FinishedKept = 100;

    private static readonly TimeSpan _shutdownTime = TimeSpan.FromSeconds(10);

    private readonly ModelSession _models;
    private readonly IGallery _gallery;
    private readonly IPictureCodec _codec;
    private readonly RequestValidator _validator;
    private readonly IExtensionCatalog _extensions;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Job> _byId = [];
    private readonly LinkedList<Job> _queued = new();
    private readonly LinkedList<Job> _finished = new();

    // Says only that there may be work; which job is next stands in _queued alone.
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Task _worker;
    private Job? _running;
    private bool _closed;

    /// <summary>Starts the worker.</summary>
    /// <param name="models">Gives the engine.</param>
    /// <param name="gallery">Keeps the pictures.</param>
    /// <param name="codec">Encodes previews.</param>
    /// <param name="validator">Refuses requests that are out of range.</param>
    /// <param name="extensions">Gives the extensions of each run, as they are when it starts.</param>
    /// <param name="time">Measures rates and run times, and bounds the shutdown.</param>
    /// <param name="warn">Told about errors that no contract names, with all that is known of them.</param>
    public JobQueue(
        ModelSession models, IGallery gallery, IPictureCodec codec, RequestValidator validator, IExtensionCatalog extensions, TimeProvider time,
        Action<string> warn)
    {
        _models = models;
        _gallery = gallery;
        _codec = codec;
        _validator = validator;
        _extensions = extensions;
        _time = time;
        _warn = warn;
        _worker = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public event Action<JobSnapshot>? Changed;

    /// <summary>Most bytes of pictures that waiting jobs start from.</summary>
    internal long MaxPictureBytes { get; set; } = WaitingPictures.MaxBytes;

    /// <inheritdoc/>
    public IReadOnlyList<JobSnapshot> Jobs
    {
        get
        {
            lock (_gate)
            {
                IEnumerable<Job> running = _running is null ? [] : [_running];
                return [.. running.Concat(_queued).Concat(_finished).Select(j => j.Snapshot)];
            }
        }
    }

    /// <inheritdoc/>
    public JobSnapshot? Current
    {
        get
        {
            lock (_gate)
            {
                return (_running ?? _queued.First?.Value)?.Snapshot;
            }
        }
    }

    /// <inheritdoc/>
    public JobSnapshot Submit(GenerationRequest request)
    {
        _validator.With(_extensions.Entries).ThrowIfInvalid(request);
        _extensions.ThrowIfInvalid(request);
        var job = new Job(request);
        Failpoint.Hit(FailpointNames.QueueAccepted);
        JobSnapshot accepted;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_queued.Count >= Capacity)
            {
                throw new QueueFullException(Capacity);
            }

            // One that waits alone is always taken: its pictures are here already.
            if (request.Init is not null && _queued.Count > 0
                && WaitingPictures.Bytes(_queued.Select(j => j.Snapshot.Request).Append(request)) > MaxPictureBytes)
            {
                throw new QueueFullException(MaxPictureBytes);
            }

            _byId.Add(job.Snapshot.Id, job);
            _queued.AddLast(job);
            accepted = job.Snapshot;
        }

        Raise(accepted);
        lock (_gate)
        {
            job.IsAnnounced = true;
        }

        _signal.Writer.TryWrite(true);
        return accepted;
    }

    /// <summary>Ends one job: a queued one is dropped, a running one stops within one model call.</summary>
    /// <returns>False when the job is unknown, already final, or finished and about to be kept.</returns>
    public bool Interrupt(Guid id)
    {
        Job? job;
        bool dropped;
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out job) || job.Snapshot.IsFinal || job.IsKeeping)
            {
                return false;
            }

            job.IsInterruptRequested = true;
            dropped = _queued.Remove(job);
        }

        if (dropped)
        {
            Finish(job, s => s with { State = JobState.Interrupted });
        }
        else
        {
            job.Interrupt();
        }

        return true;
    }

    /// <inheritdoc/>
    public JobSnapshot? Find(Guid id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id)?.Snapshot;
        }
    }

    /// <summary>PNG bytes of the job's newest preview, or null when there is none; of the finished jobs only the last keeps its own.</summary>
    public ReadOnlyMemory<byte>? Preview(Guid id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id)?.Preview;
        }
    }

    /// <summary>Completes when the job is final.</summary>
    /// <exception cref="KeyNotFoundException">The job is unknown.</exception>
    internal Task<JobSnapshot> WaitAsync(Guid id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var job)
                ? job.Completion.WaitAsync(cancellationToken)
                : throw new KeyNotFoundException($"There is no job {id}.");
        }
    }

    /// <summary>Interrupts everything and waits for the worker, at most ten seconds: an engine that hangs is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Guid> open;
        lock (_gate)
        {
            _closed = true;

            // The last first: ending the running job earlier would let the next one start.
            open = [.. Jobs.Where(j => !j.IsFinal).Reverse().Select(j => j.Id)];
        }

        _signal.Writer.TryComplete();
        open.ForEach(id => Interrupt(id));
        try
        {
            await _worker.WaitAsync(_shutdownTime, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _warn($"The running job did not end within {_shutdownTime.TotalSeconds} seconds and was left behind.");
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            while (TakeNext() is { } job)
            {
                await RunAsync(job).ConfigureAwait(false);
            }
        }
    }

    // The first job waits until it was announced, so that nobody hears "running" before "queued"; its announcement signals again.
    private Job? TakeNext()
    {
        lock (_gate)
        {
            if (_queued.First?.Value is not { IsAnnounced: true } next)
            {
                return null;
            }

            _queued.RemoveFirst();
            return _running = next;
        }
    }

    private async Task RunAsync(Job job)
    {
        var started = _time.GetTimestamp();
        var kept = new List<string>();
        JobSnapshot Ended(JobSnapshot s, JobState state) =>
            s with { State = state, Pictures = [.. kept], Seconds = _time.GetElapsedTime(started).TotalSeconds, Remaining = null };
        try
        {
            Publish(job, s => s with { State = JobState.Running, Phase = GenerationPhase.Loading });
            Failpoint.Hit(FailpointNames.JobRunning);
            var observer = new JobObserver(change => Publish(job, change), png => KeepPreview(job, png), _warn, _codec, _time);
            var result = await _models.UseAsync(engine => Generate(engine, job, observer), job.Interrupted).ConfigureAwait(false);
            Failpoint.Hit(FailpointNames.JobDecoded);
            result.Hooks.Failures.ToList().ForEach(_extensions.RecordHookFailure);
            _extensions.RecordGoodRun(result.Hooks);
            StartKeeping(job);
            foreach (var picture in result.Pictures)
            {
                kept.Add(_gallery.Add(picture).Id);
            }

            Failpoint.Hit(FailpointNames.JobKept);
            Finish(job, s => Ended(s, JobState.Done) with { Device = result.Device, Hooks = result.Hooks.Summary() });
        }
        catch (OperationCanceledException) when (job.IsInterruptRequested)
        {
            Finish(job, s => Ended(s, JobState.Interrupted));
        }
        catch (Exception error)
        {
            // Whatever ends a job ends that job only; the error is shown with it.
            if (error is SamplerFailureException failed)
            {
                _extensions.RecordHookFailure(failed.Failure);
            }

            var failure = JobFailure.From(error);
            if (!failure.IsExpected)
            {
                _warn($"Job {job.Snapshot.Id} failed: {error}");
            }

            Finish(job, s => Ended(s, JobState.Failed) with { Error = failure.Message, ErrorField = failure.Field });
        }
    }

    private Task<GenerationResult> Generate(IGenerationEngine engine, Job job, JobObserver observer)
    {
        var extensions = _extensions.ForRun(job.Snapshot.Request);
        _validator.With(_extensions.Entries).ThrowIfInvalid(job.Snapshot.Request, engine.NativeSize);
        Publish(job, s => s with { Device = engine.DeviceDescription });
        return engine.GenerateAsync(job.Snapshot.Request, extensions, observer, job.Interrupted);
    }

    // From here an interrupt comes too late: either it was seen now, or the job ends as done.
    private void StartKeeping(Job job)
    {
        lock (_gate)
        {
            if (job.IsInterruptRequested)
            {
                throw new OperationCanceledException(job.Interrupted);
            }

            job.IsKeeping = true;
        }
    }

    private void KeepPreview(Job job, byte[] png)
    {
        lock (_gate)
        {
            job.Preview = png;
        }
    }

    private void Publish(Job job, Func<JobSnapshot, JobSnapshot> change)
    {
        JobSnapshot snapshot;
        lock (_gate)
        {
            snapshot = job.Change(change);
        }

        Raise(snapshot);
    }

    private void Finish(Job job, Func<JobSnapshot, JobSnapshot> change)
    {
        JobSnapshot snapshot;
        lock (_gate)
        {
            snapshot = job.Change(change);
            _running = _running == job ? null : _running;
            _finished.First?.Value.DropPictures();

            _finished.AddFirst(job);
            if (_finished.Count > FinishedKept)
            {
                var oldest = _finished.Last!.Value;
                _finished.RemoveLast();
                _byId.Remove(oldest.Snapshot.Id);
                oldest.Dispose();
            }
        }

        Raise(snapshot);
        job.Complete();
    }

    private void Raise(JobSnapshot snapshot) => Listeners.Raise(Changed, snapshot, _warn, "queue");
}
