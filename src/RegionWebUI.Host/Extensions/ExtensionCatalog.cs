using System.Collections.Concurrent;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions.Declaring;
using RegionWebUI.Host.Extensions.Loading;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions;

/// <summary>
/// The extensions that lie in some folders. Those of the program's own folders are on and all others off, until the user says otherwise,
/// which a settings file remembers. What is off is never loaded. Nothing an extension does while it is loaded stops the program: it is
/// listed as broken, with the reason.
/// </summary>
public sealed class ExtensionCatalog : IExtensionCatalog
{
    private readonly ExtensionCatalogOptions _options;
    private readonly ExtensionChoicesFile _file;
    private readonly ExtensionShelf _shelf;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<(ExtensionLoadContext Context, string Reason)> _faults = new();
    private ExtensionChoices _choices;

    // Both are replaced as a whole, so that reading them waits for nothing.
    private volatile RunningExtensions _running = new([], TimeProvider.System);
    private volatile ExtensionEntry[] _entries = [];

    /// <summary>Reads the settings, looks through the folders and loads what is on.</summary>
    /// <param name="options">Where everything is.</param>
    /// <exception cref="ArgumentException">An option is missing.</exception>
    public ExtensionCatalog(ExtensionCatalogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
        _file = new ExtensionChoicesFile(options);
        _shelf = new ExtensionShelf(options);
        _choices = _file.Read();
        Refresh();
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public IReadOnlyList<ExtensionEntry> Entries => _entries;

    /// <inheritdoc/>
    public ExtensionEntry Enable(string id) => Choose(id, on: true);

    /// <inheritdoc/>
    public ExtensionEntry Disable(string id) => Choose(id, on: false);

    /// <inheritdoc/>
    public void Move(string id, bool later) => Change(() =>
    {
        ThrowIfUnknown(id);
        var ids = _shelf.Slots.Select(s => s.Id).Union(_choices.All.Select(c => c.Id))
            .OrderBy(_choices.Rank).ThenBy(i => i, StringComparer.Ordinal).ToList();
        bool Runs(string other) => _running.All.Any(e => e.Manifest.Id == other);
        var here = ids.IndexOf(id);
        var step = later ? 1 : -1;
        var there = here + step;
        while (there >= 0 && there < ids.Count && Runs(ids[there]) != Runs(id))
        {
            there += step;
        }

        if (there >= 0 && there < ids.Count)
        {
            ids.RemoveAt(here);
            ids.Insert(there, id);
            Remember(_choices.InOrder(ids));
        }
    });

    /// <inheritdoc/>
    public void Refresh() => Change(() => { });

    /// <inheritdoc/>
    public void ThrowIfInvalid(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _running.ForRun(request, WhyNot, OnFailed);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunExtension> ForRun(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Refresh();
        return _running.ForRun(request, WhyNot, OnFailed);
    }

    /// <inheritdoc/>
    public void RecordHookFailure(HookFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Change(() =>
        {
            if (_shelf.Find(failure.Extension) is { Loaded: not null } slot && slot.CountFailure())
            {
                var stage = failure.Kind.ToString().ToLowerInvariant();
                var reason = ErrorText.Line($"switched off after three failing runs in a row, the last at {stage}: {failure.Message}");
                Quarantine(_choices.With(new ExtensionChoice(slot.Id, On: false, reason)));
                _options.Warn($"The extension '{slot.Id}' was {reason}");
            }
        });
    }

    /// <inheritdoc/>
    public void RecordGoodRun(HookLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        lock (_gate)
        {
            foreach (var extension in log.Extensions)
            {
                _shelf.Find(extension.Split(' ', 2)[0])?.CountSuccess();
            }
        }
    }

    private ExtensionEntry Choose(string id, bool on)
    {
        Change(() =>
        {
            ThrowIfUnknown(id);
            Remember(_choices.With(new ExtensionChoice(id, on)));
            _shelf.Find(id)?.Forgive();
        });
        return _entries.FirstOrDefault(e => e.Id == id) ?? new ExtensionEntry(id, ExtensionState.Off) { Name = id };
    }

    // Every change goes through here: it ends with a look at the files, and the listeners are told outside the lock.
    private void Change(Action change)
    {
        bool changed;
        lock (_gate)
        {
            change();
            changed = Update();
        }

        if (changed)
        {
            Raise();
        }
    }

    // No code of an extension runs on this thread; what is waited for here ends in time.
    private bool Update()
    {
        var changed = _shelf.Scan();
        foreach (var slot in _shelf.Slots)
        {
            changed |= slot.Refresh(IsOn(slot), _options, OnFault);
        }

        return Settle() || changed;
    }

    private bool Settle()
    {
        while (_faults.TryDequeue(out var fault))
        {
            _shelf.Slots.FirstOrDefault(s => s.Loaded?.Context == fault.Context)?.Fail(fault.Reason);
        }

        return Arrange();
    }

    private bool Arrange()
    {
        var usable = _shelf.Slots.Where(s => s is { Loaded: not null, Reason: null }).ToDictionary(s => s.Id, s => s.Loaded!);
        var (order, reasons) = ExtensionOrder.Of([.. usable.Values.Select(u => u.Manifest)], _choices.Rank);
        var left = new Dictionary<string, string>(reasons);
        var verbs = new Dictionary<string, string>();
        var samplers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var running = new List<LoadedExtension>();
        foreach (var id in order)
        {
            var (ownVerbs, ownSamplers) = usable[id].Declaration.Names;
            if ((Clash("verb", ownVerbs, verbs) ?? Clash("sampler", ownSamplers, samplers)) is { } clash)
            {
                left.Add(id, clash);
                continue;
            }

            ownVerbs.ForEach(verb => verbs.Add(verb, id));
            ownSamplers.ForEach(name => samplers.Add(name, id));
            running.Add(usable[id]);
        }

        _running = new RunningExtensions(running, _options.Time);
        var entries = EntriesOf(running, left);
        var changed = !entries.Select(Shown).SequenceEqual(_entries.Select(Shown));
        _entries = entries;
        return changed;
    }

    private static string? Clash(string kind, List<string> names, Dictionary<string, string> taken) =>
        names.FirstOrDefault(taken.ContainsKey) is { } name
            ? $"its {kind} '{name}' is taken by the extension '{taken[name]}', which runs before it."
            : null;

    private ExtensionEntry[] EntriesOf(List<LoadedExtension> running, Dictionary<string, string> left)
    {
        var place = running.Select((e, i) => (e.Manifest.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var found = _shelf.Slots
            .OrderBy(s => place.GetValueOrDefault(s.Id, int.MaxValue)).ThenBy(s => _choices.Rank(s.Id)).ThenBy(s => s.Id, StringComparer.Ordinal)
            .Select(s => EntryOf(s, place.ContainsKey(s.Id), left.GetValueOrDefault(s.Id)));
        var missing = _choices.All.Where(c => (c.On == true || c.Quarantined is not null) && _shelf.Find(c.Id) is null).Select(c =>
            new ExtensionEntry(c.Id, ExtensionState.Missing)
            {
                IsQuarantined = c.Quarantined is not null,
                Name = c.Id,
                Reason = "its folder is not there; put it back, or switch it off.",
            });
        return [.. found, .. missing];
    }

    private ExtensionEntry EntryOf(ExtensionSlot slot, bool runs, string? leftOut)
    {
        var quarantined = _choices.Find(slot.Id)?.Quarantined;
        var state = runs ? ExtensionState.On : IsOn(slot) || quarantined is not null ? ExtensionState.Broken : ExtensionState.Off;
        var entry = new ExtensionEntry(slot.Id, state)
        {
            IsQuarantined = quarantined is not null,
            Version = slot.Manifest?.Version ?? "",
            Name = slot.Manifest?.Name ?? slot.Id,
            Description = slot.Manifest?.Description ?? "",
            Folder = slot.Folder,
            Reason = slot.Reason ?? leftOut ?? quarantined,
        };
        return !runs ? entry : entry with
        {
            Parameters = new RunParameters(slot.Id, slot.Loaded!.Declaration.Parameters).ToGenerationParameters(),
            Samplers = [.. slot.Loaded.Declaration.Samplers.Select(s => new ExtensionSampler(s.Name, s.Aliases, s.CallsPerStep))],
            Tabs = slot.Loaded.Declaration.Tabs,
            Commands = slot.Loaded.Declaration.Commands,
        };
    }

    private static (string, ExtensionState, bool, string, string, string, string, string?) Shown(ExtensionEntry e) =>
        (e.Id, e.State, e.IsQuarantined, e.Version, e.Name, e.Description, e.Folder, e.Reason);

    private bool IsOn(ExtensionSlot slot) => _choices.Find(slot.Id)?.On ?? (slot.Root.IsOwn && !_choices.UnlistedAreOff);

    private void Remember(ExtensionChoices choices)
    {
        _file.Write(choices);
        _choices = choices;
    }

    // What is switched off for its faults stays off in this process even when that cannot be remembered.
    private void Quarantine(ExtensionChoices choices)
    {
        _choices = choices;
        if (_options.ReadOnly)
        {
            return;
        }

        try
        {
            _file.Write(choices);
        }
        catch (IOException error)
        {
            _options.Warn($"That an extension was switched off could not be remembered: {ErrorText.OneLine(error)}");
        }
    }

    // From any thread, perhaps while another one holds the lock and waits for this one: it never waits.
    private void OnFault(ExtensionLoadContext context, Exception error)
    {
        _options.Warn($"The extension '{context.Id}' threw in the background: {ErrorText.Details(error)}");
        _faults.Enqueue((context, $"threw in the background: {ErrorText.OneLine(error)}"));
        if (!_gate.TryEnter())
        {
            // Whoever holds it, or the next run, takes the fault from the queue.
            return;
        }

        // Nothing is loaded here: the thread may be the one that ends what is no longer used, which must not wait.
        try
        {
            Settle();
        }
        finally
        {
            _gate.Exit();
        }

        Raise();
    }

    private void OnFailed(LoadedExtension extension, ExtensionRefusedException refused)
    {
        _options.Warn($"The extension '{extension.Manifest.Id}' is left out: {refused.Message}{Environment.NewLine}{refused.Details}");
        Change(() => _faults.Enqueue((extension.Context, refused.Message)));
    }

    private string WhyNot(string id)
    {
        var shown = ErrorText.Line(NameSuggestion.Shortened(id));
        return _entries.FirstOrDefault(e => e.Id == id) switch
        {
            { State: ExtensionState.Off } => $"The extension '{shown}' is off; switch it on, or leave its values out.",
            { Reason: { } reason } => $"The extension '{shown}' cannot be used: {reason}",
            _ => $"There is no extension '{shown}' that is on{Hint(id)}.",
        };
    }

    private string Hint(string id) =>
        NameSuggestion.Nearest(id, _running.All.Select(e => e.Manifest.Id)) is { } nearest ? $"; the nearest is '{nearest}'" : "";

    private void ThrowIfUnknown(string id)
    {
        ArgumentNullException.ThrowIfNull(id);

        // Its folder may have come since anybody looked.
        _shelf.Scan();
        if (_entries.Any(e => e.Id == id) || _shelf.Find(id) is not null)
        {
            return;
        }

        throw new BadInputException("Id", _entries.Length > 0
            ? NameSuggestion.Unknown("extension", id, [.. _entries.Select(e => e.Id)])
            : $"There is no extension '{NameSuggestion.Shortened(id)}'; none is there.");
    }

    private void Raise()
    {
        foreach (var listener in Changed?.GetInvocationList().Cast<Action>() ?? [])
        {
            Listeners.Raise<ExtensionCatalog>(_ => listener(), this, _options.Warn, "extension catalog");
        }
    }
}
