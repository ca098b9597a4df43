using System.Xml.Linq;

namespace RegionWebUI.Architecture.Tests.References;

/// <summary>What a project file names.</summary>
internal sealed record ProjectFile(string Name, string Sdk, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages,
    IReadOnlyList<string> Frameworks)
{
    public static ProjectFile Parse(string name, string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        return new ProjectFile(
            name,
            root.Attribute("Sdk")?.Value ?? "",
            [.. Includes(root, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')))],
            [.. Includes(root, "PackageReference")],
            [.. Includes(root, "FrameworkReference"), .. Includes(root, "Reference").Select(r => $"assembly {r}")]);
    }

    private static IEnumerable<string> Includes(XElement root, string item) =>
        root.Descendants(item).Select(e => e.Attribute("Include")?.Value).OfType<string>();
}
