using System.Text.Json;
using System.Text.RegularExpressions;

namespace RegionWebUI.Architecture.Tests.References;

/// <summary>Extensions know the Sdk only, and nothing knows them.</summary>
internal static partial class ExtensionRules
{
    private static readonly string[] _sdks = ["Microsoft.NET.Sdk", "Microsoft.NET.Sdk.Razor"];

    /// <summary>References of an extension's project file that it must not have.</summary>
    public static IEnumerable<string> Check(ProjectFile project) => ReferenceChecker.Check([RoomOf(project.Name, project.Sdk)], project);

    /// <summary>References of a compiled assembly that it must not have.</summary>
    /// <param name="assembly">Its name.</param>
    /// <param name="references">Names of the assemblies it references.</param>
    /// <param name="own">Names of the assemblies that lie beside it.</param>
    public static IEnumerable<string> Check(string assembly, IEnumerable<string> references, IReadOnlyCollection<string> own) =>
        ReferenceChecker.Check([RoomOf(assembly, _sdks[0])], assembly, references.Except(own));

    /// <summary>What a manifest says that its folder does not hold.</summary>
    /// <param name="folder">The folder's name.</param>
    /// <param name="json">Text of extension.json.</param>
    /// <param name="projects">Names of the project files in the folder, without ending.</param>
    public static IEnumerable<string> CheckManifest(string folder, string json, IReadOnlyCollection<string> projects)
    {
        using var document = JsonDocument.Parse(json);
        var id = document.RootElement.GetProperty("id").GetString();
        var assembly = document.RootElement.GetProperty("assembly").GetString();
        if (id != folder)
        {
            yield return $"extensions/{folder} holds the extension '{id}', not '{folder}'.";
        }

        if (projects.Count != 1 || assembly != $"bin/{projects.First()}.dll")
        {
            yield return $"extensions/{folder} builds {string.Join(", ", projects)}, but its manifest names '{assembly}'.";
        }
    }

    /// <summary>Places where a project file or solution of the house names something below extensions/.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    public static IEnumerable<string> NamedIn(string path, string text) =>
        Folder().Matches(text).Select(m => $"{path} names {m.Value.Trim('"', '=', ';', '>')}; the house must stand without extensions.");

    private static Room RoomOf(string name, string sdk) => new(
        name,
        name,
        ["RegionWebUI.Sdk"],
        ["RegionWebUI.Sdk", "RegionWebUI.Graph", "RegionWebUI.Imaging"],
        ["Microsoft.AspNetCore.Components*"],
        ["Microsoft.AspNetCore.Components*"])
    {
        Sdk = _sdks.Contains(sdk) ? sdk : _sdks[0],
        Frameworks = ["Microsoft.AspNetCore.App"],
    };

    [GeneratedRegex(@"(?<![\w.-])[^\s""=;>]*(?<![\w.-])extensions[/\\][^\s""<;]+")]
    private static partial Regex Folder();
}
