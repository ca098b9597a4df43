using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary>What the commands are made of; tests put their own in.</summary>
internal sealed record ProgramParts
{
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

    /// <summary>Knows the legal values.</summary>
    public RequestValidator Validator { get; init; } = RequestValidator.Standard;

    /// <summary>Writes and reads picture files.</summary>
    public IPictureCodec Codec { get; init; } = new PngPictureCodec();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Draws seeds.</summary>
    public SeedSource DrawSeed { get; init; } = SeedSources.System;

    /// <summary>Shows an address in the user's browser.</summary>
    public Action<Uri> OpenBrowser { get; init; } = BrowserLauncher.Open;

    /// <summary>
    /// Opens the extensions of some folders, of which some may be missing, as the settings of a data folder say, which may be missing too.
    /// Nothing is written before something is switched.
    /// </summary>
    public Func<IReadOnlyList<string>, DataFolder, IExtensionCatalog> OpenExtensions { get; init; } = (_, _) => NoExtensions.Instance;

    /// <summary>The extensions that the user named folders of, those that came with the program, then those of the data folder.</summary>
    /// <exception cref="BadInputException">A folder that the user named is not there.</exception>
    public IExtensionCatalog Extensions(DataFolder data, IReadOnlyList<string> named) =>
        OpenExtensions(ExtensionFolders.Of(ProgramFolder, data, named), data);

    /// <summary>The models that came with the program, then the user's own.</summary>
    public ModelCatalog Models(DataFolder data) =>
        new([.. (string[])(ModelCatalog.FindProgramModels(ProgramFolder) is { } own ? [own] : []), data.Models]);
}
