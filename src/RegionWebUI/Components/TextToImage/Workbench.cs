using System.Collections.Concurrent;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

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
    private readonly IExtensionCatalog _extensions;
    private readonly SeedSource _drawSeed;
    private readonly PromptReaderSource _reader;
    private readonly IStyleShelf _styles;
    private readonly Coalescer _updates;
    private readonly Lock _updating = new();
    private readonly ConcurrentQueue<JobSnapshot> _ended = new();
    private readonly ConcurrentQueue<JobSnapshot> _endedForForm = new();
    private readonly Replaceable _reading = new();
    private readonly HashSet<Guid> _submittedHere = [];
    private bool _picturesAdded;
    private string? _pinned;

    /// <summary>Starts from the state of queue and gallery.</summary>
    public Workbench(
        IJobQueue jobs,
        IGallery gallery,
        IExtensionCatalog extensions,
        EngineInfo engine,
        PromptReaderSource reader,
        IStyleShelf styles,
        TimeProvider time,
        SeedSource drawSeed)
    {
        _jobs = jobs;
        _gallery = gallery;
        _extensions = extensions;
        _drawSeed = drawSeed;
        _reader = reader;
        _styles = styles;
        _updates = new Coalescer(time, UpdateInterval, Update);
        Form = new GenerationForm(engine.NativeSize, engine.Parameters);
        Form.Follow(extensions.Entries);
        jobs.Changed += OnJobChanged;
        gallery.Added += OnPictureAdded;

        Live = jobs.Current;
        Last = jobs.Jobs.FirstOrDefault(job => job.IsFinal);
        if ((Live ?? Last) is { } known)
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

    /// <summary>The job that ended last, this page's or another's, while it was open or before.</summary>
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

    /// <summary>Curves of a kept picture; none of no picture.</summary>
    internal IReadOnlyList<Curve> CurvesOf(GalleryEntry? entry) => entry is null ? [] : _gallery.FindCurves(entry.Id) ?? [];

    /// <summary>The job that is shown or whose picture is; null when the queue no longer knows it.</summary>
    internal JobSnapshot? ShownJob =>
        ShowsLive ? Live
        : Shown is not { } shown ? null
        : Last is { } last && last.Pictures.Contains(shown.Id) ? last
        : _jobs.Jobs.FirstOrDefault(job => job.Pictures.Contains(shown.Id));

    /// <summary>Sends the form to the queue.</summary>
    /// <returns>Whether it was accepted; the form says why not.</returns>
    internal bool Submit()
    {
        var accepted = false;

        // An extension that went off since the form was drawn has no say in what is sent.
        Form.Follow(_extensions.Entries);
        Form.Follow(_styles);
        if (Form.Read(_drawSeed) is { } request && ArePromptsLegal())
        {
            try
            {
                var job = _jobs.Submit(request);
                _submittedHere.Add(job.Id);
                LastSeed = job.Request.Seed;
                _pinned = null;
                accepted = true;
            }
            catch (BadInputException error)
            {
                Form.Refuse(error.Field, error.Message);
            }
            catch (QueueFullException full)
            {
                Form.Refuse(null, full.Message);
            }
        }

        FormChanged?.Invoke();
        _updates.Signal();
        return accepted;
    }

    /// <summary>Ends the job that the page shows; when that one has ended by itself meanwhile, the next one is left alone.</summary>
    internal void Interrupt()
    {
        if (Live is { } job)
        {
            _jobs.Interrupt(job.Id);
        }
    }

    /// <summary>Tells the form's parts that it changed.</summary>
    internal void TellForm() => FormChanged?.Invoke();

    /// <summary>Makes a picture the one to start from.</summary>
    internal void StartFrom(Chosen<Image> picture)
    {
        Form.ClearError(FieldIds.Init);
        Form.StartFrom(picture);
        TellForm();
    }

    /// <summary>Makes a kept picture the one to start from; the form says why when it cannot be read.</summary>
    internal async Task StartFromAsync(GalleryEntry entry)
    {
        Form.ClearError(FieldIds.Init);
        try
        {
            await _reading.RunAsync(
                async end => Form.StartFrom(await PictureReader.KeptAsync(_gallery.FindFile(entry.Id), $"{entry.Id}.png", end)));
        }
        catch (BadInputException refused)
        {
            Form.Refuse(refused.Field, refused.Message);
        }

        TellForm();
    }

    /// <summary>Takes the settings of a kept picture into the form.</summary>
    internal void UseSettings(GalleryEntry entry) => UseSettings(entry.Infotext, "picture", "The picture says nothing about how it was made.");

    /// <summary>Takes what an infotext says into the form.</summary>
    /// <param name="infotext">The text; anything is looked at.</param>
    /// <param name="source">Where it is from, for the note.</param>
    /// <param name="otherwise">Said at the form when the text is no infotext.</param>
    /// <returns>Whether the form was filled.</returns>
    internal bool UseSettings(string infotext, string source, string otherwise)
    {
        Form.Follow(_extensions.Entries);
        var filled = Form.Fill(infotext, source, _styles.Styles);
        if (!filled)
        {
            Form.Refuse(null, otherwise);
        }

        TellForm();
        return filled;
    }

    /// <summary>Fills the form from a text that was pasted into the prompt when it is an infotext beyond doubt; else it stays a prompt.</summary>
    internal void TakePasted(string text)
    {
        if (InfotextReader.Read(text).Find(InfotextKeys.Steps) is not null)
        {
            UseSettings(text, "pasted text", "");
        }
    }

    /// <summary>Fills the form from the infotext that stands in the prompt, or from the newest picture when the prompt is empty.</summary>
    internal void ReadParameters()
    {
        if (Form[FieldIds.Prompt] is var prompt && !string.IsNullOrWhiteSpace(prompt))
        {
            UseSettings(prompt, "prompt", "The prompt holds no parameters: paste those of a picture, with their line that begins with Steps.");
        }
        else
        {
            UseSettings(
                Pictures is [var newest, ..] ? newest.Infotext : "", "newest picture", "There is no picture yet whose parameters could be read.");
        }
    }

    /// <summary>Puts the form back as it was before it was filled.</summary>
    internal void UndoFill()
    {
        Form.UndoFill();
        TellForm();
    }

    /// <summary>
    /// Puts what the engine refused of this page's own jobs at its field. Called on the page's own thread, as everything that touches
    /// the form.
    /// </summary>
    internal void TakeRefusals()
    {
        while (_endedForForm.TryDequeue(out var job))
        {
            // Other tabs and the API have forms of their own.
            if (_submittedHere.Remove(job.Id) && job is { State: JobState.Failed, ErrorField: not null })
            {
                Form.Refuse(job.ErrorField, job.Error ?? "This value was refused.");
            }
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
        _reading.Dispose();
    }

    private bool ArePromptsLegal()
    {
        foreach (var id in (string[])[FieldIds.Prompt, FieldIds.Negative])
        {
            if (_reader.Read(Form.Question(id))?.Marks.FirstOrDefault(mark => mark.Severity == PromptMarkSeverity.Error) is { } mark)
            {
                Form.Refuse(Form.ParameterOf(id).Field, mark.Message);
            }
        }

        return !Form.HasErrors;
    }

    private GalleryEntry? Find(string? id) => id is null ? null : Pictures.FirstOrDefault(entry => entry.Id == id);

    private void OnJobChanged(JobSnapshot job)
    {
        if (job.IsFinal)
        {
            _ended.Enqueue(job);
        }

        _updates.Signal();
    }

    private void OnPictureAdded(GalleryEntry entry)
    {
        Interlocked.Exchange(ref _picturesAdded, true);
        _updates.Signal();
    }

    private void Update()
    {
        bool hasEnded, picturesChanged;

        // A slow update may meet the next one. The events are raised outside: what follows them reads the newest state.
        lock (_updating)
        {
            var before = Live;
            Live = _jobs.Current;
            hasEnded = TakeEnded();
            var added = Interlocked.Exchange(ref _picturesAdded, false);
            picturesChanged = added || hasEnded || before?.Id != Live?.Id || before?.Preview != Live?.Preview;
        }

        if (hasEnded)
        {
            FormChanged?.Invoke();
        }

        ProgressChanged?.Invoke();
        if (picturesChanged)
        {
            PicturesChanged?.Invoke();
        }
    }

    private bool TakeEnded()
    {
        var any = false;
        while (_ended.TryDequeue(out var job))
        {
            Last = job;

            // The form may be away for long, on another page: only its words wait for it, not its pictures.
            _endedForForm.Enqueue(job with { Request = new GenerationRequest() });
            any = true;
        }

        return any;
    }
}
