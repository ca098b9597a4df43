namespace RegionWebUI.Host.Extensions.Manifests;

/// <summary>What an <c>extension.json</c> says, checked.</summary>
/// <param name="Id">The folder's name: lower-case letters, digits and '-', from a letter on, 1..40 characters.</param>
/// <param name="Version">A semantic version.</param>
/// <param name="Assembly">The entry assembly: a path inside the folder with '/' between its parts.</param>
internal sealed record ExtensionManifest(string Id, string Version, string Assembly)
{
    /// <summary>The file's name in the extension's folder.</summary>
    public const string FileName = "extension.json";

    /// <summary>Its name for people.</summary>
    public string Name { get; init; } = Id;

    /// <summary>What it does.</summary>
    public string Description { get; init; } = "";

    /// <summary>Ids of extensions it runs before, when they are on.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Ids of extensions it runs after, when they are on.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Defaults of parameters in this installation, by name, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
