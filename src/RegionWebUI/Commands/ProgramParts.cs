using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Host.Styles;

namespace RegionWebUI.Commands;

/// <summary>What the commands are made of; tests put their own in.</summary>
internal sealed record ProgramParts
{
    /// <summary>The variable that makes errors be shown with all that is known of them.</summary>
    public const string TraceVariable = "REGIONWEBUI_TRACE";

    /// <summary>Loads models.</summary>
    public required IEngineFactory Engines { get; init; }

    /// <summary>Where results go: the only thing ever written here is what was asked for.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where progress, advice and errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal, whose last line can be rewritten.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Folder of the executable.</summary>
    public string ProgramFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Whether errors are shown with all that is known of them; to be set by authors of extensions and of the program.</summary>
    public bool IsTraced => Environment(TraceVariable) is { Length: > 0 };

    /// <summary>Knows the legal values.</summary>
    public RequestValidator Validator { get; init; } = RequestValidator.Standard;

    /// <summary>Writes and reads picture files.</summary>
    public IPictureCodec Codec { get; init; } = new PngPictureCodec();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Opens the reader of prompts of a model folder; null when there is none.</summary>
    public Func<string, IPromptReader>? OpenPrompts { get; init; }

    /// <summary>Draws seeds.</summary>
    public SeedSource DrawSeed { get; init; } = SeedSources.System;

    /// <summary>Shows an address in the user's browser.</summary>
    public Action<Uri> OpenBrowser { get; init; } = BrowserLauncher.Open;

    /// <summary>Opens the extensions of some folders.</summary>
    public Func<ExtensionCatalogOptions, IExtensionCatalog> OpenExtensions { get; init; } = options => new ExtensionCatalog(options);

    /// <summary>Where the extensions are and how they are kept: folders the user named, the program's, then the data folder's.</summary>
    /// <param name="data">The data folder; only its settings are read, and only a catalog that is not read-only writes them.</param>
    /// <param name="named">Folders that the user named.</param>
    /// <param name="readOnly">Whether nothing may be written, as without the data folder's lock.</param>
    /// <exception cref="BadInputException">A folder that the user named is not there.</exception>
    public ExtensionCatalogOptions ExtensionsOf(DataFolder data, IReadOnlyList<string> named, bool readOnly) => new()
    {
        Roots = ExtensionFolders.Of(ProgramFolder, data, named),
        SettingsFile = Path.Join(data.Root, "extensions.json"),
        ReadOnly = readOnly,
        TakenVerbs = CommandLine.Verbs,
        Time = Time,
        Warn = WarnOf(isShort: readOnly && !IsTraced),
    };

    /// <summary>The styles of a data folder; nothing is written before one is saved.</summary>
    public IStyleShelf Styles(DataFolder data) => new StyleShelf(data, Error.WriteLine);

    // A host's output is its log; at a command one line is told.
    private Action<string> WarnOf(bool isShort) => warning => Error.WriteLine(isShort ? warning.Split('\n', 2)[0].TrimEnd() : warning);

    /// <summary>The models that came with the program, then the user's own.</summary>
    public ModelCatalog Models(DataFolder data) =>
        new([.. (string[])(ModelCatalog.FindProgramModels(ProgramFolder) is { } own ? [own] : []), data.Models]);
}
