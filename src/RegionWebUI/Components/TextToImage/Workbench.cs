using RegionWebUI.Diffusion;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;

namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// What one open page knows: its form, the job in flight and the picture that is shown. Everything that must outlive the page
/// is in the queue and the gallery; a page that is opened during a run starts from there.
/// </summary>
internal sealed class Workbench : IDisposable
{
    /// <summary>A page is told about changes at most this often.</summary>
    internal static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(100);

    private readonly IJobQueue _jobs;
    private readonly IGallery _gallery;
    private readonly SeedSource _drawSeed;
    private readonly Coalescer _updates;
    private volatile JobSnapshot? _ended;
    private volatile bool _picturesAdded;
    private string? _pinned;
    private Guid _refusalTaken;

    /// <summary>Starts from the state of queue and gallery.</summary>
    public Workbench(IJobQueue jobs, IGallery gallery, EngineInfo engine, TimeProvider time, SeedSource drawSeed)
    {
        _jobs = jobs;
        _gallery = gallery;
        _drawSeed = drawSeed;
        _updates = new Coalescer(time, UpdateInterval, Update);
        Form = new GenerationForm(engine.NativeSize);
        jobs.Changed += OnJobChanged;
        gallery.Added += OnPictureAdded;

        Live = jobs.Current;
        if ((Live ?? (jobs.Jobs is [var latest, ..] ? latest : null)) is { } known)
        {
            Form.Fill(known.Request);
            LastSeed = known.Request.Seed;
        }
    }

    /// <summary>The job in flight or its rate, step or phase changed.</summary>
    internal event Action? ProgressChanged;

    /// <summary>Another picture is to be shown, or the list of pictures changed.</summary>
    internal event Action? PicturesChanged;

    /// <summary>The form was refused or filled.</summary>
    internal event Action? FormChanged;

    /// <summary>The form as typed.</summary>
    internal GenerationForm Form { get; }

    /// <summary>The running job, else the next queued one.</summary>
    internal JobSnapshot? Live { get; private set; }

    /// <summary>Jobs that wait behind <see cref="Live"/>.</summary>
    internal int Waiting => Math.Max(0, _jobs.Jobs.Count(job => !job.IsFinal) - 1);

    /// <summary>The job that ended last while this page was open.</summary>
    internal JobSnapshot? Last { get; private set; }

    /// <summary>Seed of the newest run.</summary>
    internal long? LastSeed { get; private set; }

    /// <summary>Kept pictures, newest first.</summary>
    internal IReadOnlyList<GalleryEntry> Pictures => _gallery.Entries;

    /// <summary>Whether the job in flight is what the page shows, rather than a picture that was chosen.</summary>
    internal bool ShowsLive => Live is not null && _pinned is null;

    /// <summary>The picture shown when no run is: the chosen one, else the first of the last run, else the newest.</summary>
    internal GalleryEntry? Shown =>
        Find(_pinned) ?? Find(Last?.Pictures is [var first, ..] ? first : null) ?? (Pictures is [var newest, ..] ? newest : null);

    /// <summary>Sends the form to the queue.</summary>
    /// <returns>Whether it was accepted; the form says why not.</returns>
    internal bool Submit()
    {
        var accepted = false;
        if (Form.Read(_drawSeed) is { } request)
        {
            try
            {
                var job = _jobs.Submit(request);
                LastSeed = job.Request.Seed;
                _pinned = null;
                accepted = true;
            }
            catch (BadInputException error)
            {
                Form.Refuse(error.Field, error.Message);
            }
        }

        FormChanged?.Invoke();
        _updates.Signal();
        return accepted;
    }

    /// <summary>Ends the job in flight; the ones behind it stay.</summary>
    internal void Interrupt()
    {
        if (_jobs.Current is { } job)
        {
            _jobs.Interrupt(job.Id);
        }
    }

    /// <summary>Puts what the engine refused at its field. Called on the page's own thread, as everything that touches the form.</summary>
    internal void TakeRefusal()
    {
        if (Last is { State: JobState.Failed, ErrorField: not null } refused && refused.Id != _refusalTaken)
        {
            _refusalTaken = refused.Id;
            Form.Refuse(refused.ErrorField, refused.Error ?? "This value was refused.");
        }
    }

    /// <summary>Shows a kept picture.</summary>
    internal void Show(string id)
    {
        _pinned = id;
        PicturesChanged?.Invoke();
    }

    /// <summary>Goes back to the job in flight.</summary>
    internal void ShowLive()
    {
        _pinned = null;
        PicturesChanged?.Invoke();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _jobs.Changed -= OnJobChanged;
        _gallery.Added -= OnPictureAdded;
        _updates.Dispose();
    }

    private GalleryEntry? Find(string? id) => id is null ? null : Pictures.FirstOrDefault(entry => entry.Id == id);

    private void OnJobChanged(JobSnapshot job)
    {
        if (job.IsFinal)
        {
            _ended = job;
        }

        _updates.Signal();
    }

    private void OnPictureAdded(GalleryEntry entry)
    {
        _picturesAdded = true;
        _updates.Signal();
    }

    private void Update()
    {
        var before = Live;
        Live = _jobs.Current;
        var ended = _ended;
        var hasEnded = ended is not null && ended.Id != Last?.Id;
        if (hasEnded)
        {
            Last = ended;
            FormChanged?.Invoke();
        }

        ProgressChanged?.Invoke();
        var added = _picturesAdded;
        _picturesAdded = false;
        if (added || hasEnded || before?.Id != Live?.Id || before?.Preview != Live?.Preview)
        {
            PicturesChanged?.Invoke();
        }
    }
}
