namespace RegionWebUI.Host.Extensions;

/// <summary>Where extensions are and how the user's choices about them are kept.</summary>
public sealed record ExtensionCatalogOptions
{
    /// <summary>Folders with extensions; of two extensions of one id the one in the earlier folder counts.</summary>
    public required IReadOnlyList<ExtensionRoot> Roots { get; init; }

    /// <summary>The file that remembers which are on and in which order: <c>extensions.json</c> of the data folder. It need not exist.</summary>
    public required string SettingsFile { get; init; }

    /// <summary>Whether nothing may be written or created, as for a verb that runs beside the server.</summary>
    /// <value>The default is false.</value>
    public bool ReadOnly { get; init; }

    /// <summary>Verbs of the program, which extensions may not take.</summary>
    public IReadOnlyCollection<string> TakenVerbs { get; init; } = [];

    /// <summary>Names copies of unreadable settings, and bounds how long an extension's code may take to load.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told about everything that goes wrong, a line or more each time, from any thread.</summary>
    public required Action<string> Warn { get; init; }

    internal void ThrowIfInvalid()
    {
        ArgumentNullException.ThrowIfNull(Roots);
        ArgumentNullException.ThrowIfNull(TakenVerbs);
        ArgumentNullException.ThrowIfNull(Time);
        ArgumentNullException.ThrowIfNull(Warn);
        ArgumentException.ThrowIfNullOrEmpty(SettingsFile);
        foreach (var root in Roots)
        {
            ArgumentException.ThrowIfNullOrEmpty(root.Folder);
        }
    }
}
