using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions.Loading;
using RegionWebUI.Host.Extensions.Manifests;

namespace RegionWebUI.Host.Extensions;

/// <summary>One extension that was found, and its code while it is on. Not safe for use from several threads at once.</summary>
/// <param name="id">Its folder's name.</param>
/// <param name="root">Where it was found.</param>
internal sealed class ExtensionSlot(string id, ExtensionRoot root)
{
    private const int FailuresToQuarantine = 3;

    private string? _stamp;
    private string? _problem;
    private string? _details;
    private string? _fault;
    private int _failures;

    /// <summary>Its folder's name, which is its id when its manifest can be taken.</summary>
    public string Id => id;

    /// <summary>Where it was found.</summary>
    public ExtensionRoot Root => root;

    /// <summary>Its folder, as a full path.</summary>
    public string Folder { get; } = Path.GetFullPath(Path.Join(root.Folder, id));

    /// <summary>Its manifest; null when it cannot be taken.</summary>
    public ExtensionManifest? Manifest { get; private set; }

    /// <summary>Its code; null unless it is on and can be used.</summary>
    public LoadedExtension? Loaded { get; private set; }

    /// <summary>Why it cannot be used; null when it can, as far as is known.</summary>
    public string? Reason => _problem ?? _fault;

    /// <summary>
    /// Looks at its files and loads, loads anew or unloads its code, which runs on a thread of its own and is not waited for for ever.
    /// </summary>
    /// <param name="wanted">Whether it is on.</param>
    /// <param name="options">Gives the verbs and takes the warnings.</param>
    /// <param name="onFault">Told about exceptions its code lets escape in the background.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Refresh(bool wanted, ExtensionCatalogOptions options, Action<ExtensionLoadContext, Exception> onFault)
    {
        var stamp = Stamp(wanted);
        if (stamp is not null && stamp == _stamp)
        {
            return false;
        }

        var before = _problem;
        Unload();
        (_problem, _details, _fault, _failures, Manifest) = (null, null, null, 0, null);
        try
        {
            // Stamps are taken before the files are read: what is written in between shows at the next look.
            var manifest = CodeFiles.ManifestStamp(Folder);
            var read = Manifest = ManifestReader.Read(Folder);
            stamp = Stamp(wanted, manifest);
            Loaded = !wanted ? null : ExtensionThread.Call(
                "loading it", options.Time, () => ExtensionLoader.Load(Folder, read, options.TakenVerbs, onFault));
        }
        catch (ExtensionRefusedException refused)
        {
            (_problem, _details) = (refused.Message, refused.Details);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Perhaps it is being written just now; without a stamp the next look tries again.
            (_problem, stamp) = (ErrorText.OneLine(error), null);
        }

        if (_problem is not null && _problem != before)
        {
            options.Warn($"The extension '{id}' cannot be used: {_problem}{(_details is null ? "" : Environment.NewLine + _details)}");
        }

        var changed = stamp is not null || _problem != before;
        _stamp = stamp;
        return changed;
    }

    /// <summary>Says that its code went wrong; it is not used until it is switched on again or built anew.</summary>
    /// <param name="reason">What went wrong.</param>
    public void Fail(string reason) => _fault = reason;

    /// <summary>Forgets what went wrong, so that it is tried again.</summary>
    public void Forgive()
    {
        if (Reason is not null)
        {
            _stamp = null;
        }

        _failures = 0;
    }

    /// <summary>Counts a job in which its hooks failed.</summary>
    /// <returns>Whether it has failed too often now.</returns>
    public bool CountFailure() => ++_failures >= FailuresToQuarantine;

    /// <summary>Takes note of a job that its hooks did to the end.</summary>
    public void CountSuccess() => _failures = 0;

    /// <summary>Lets go of its code, which is unloaded once no run uses it any more.</summary>
    public void Unload()
    {
        Loaded = null;
        _stamp = null;
    }

    private string? Stamp(bool wanted)
    {
        try
        {
            return Stamp(wanted, CodeFiles.ManifestStamp(Folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Unknown is like changed: the files are then read, which says what is wrong with them.
            return null;
        }
    }

    private string Stamp(bool wanted, string manifest) =>
        wanted && Manifest is not null ? $"on\n{manifest}{CodeFiles.CodeStamp(Folder, Manifest.Assembly)}" : $"{(wanted ? "on" : "off")}\n{manifest}";
}
