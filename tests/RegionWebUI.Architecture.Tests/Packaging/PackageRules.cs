using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RegionWebUI.Architecture.Tests.Packaging;

/// <summary>Every version is written once, and exactly.</summary>
internal static partial class PackageRules
{
    /// <summary>Versions in Directory.Packages.props that leave a choice.</summary>
    public static IEnumerable<string> InexactVersions(string xml) =>
        from package in XDocument.Parse(xml).Descendants()
        where package.Name.LocalName is "PackageVersion" or "GlobalPackageReference"
        let version = package.Attribute("Version")?.Value ?? ""
        where !Exact().IsMatch(version)
        select $"{package.Attribute("Include")?.Value} has the version '{version}', which is not exact.";

    /// <summary>Package references of a project or targets file that carry a version of their own.</summary>
    public static IEnumerable<string> OwnVersions(string path, string xml) =>
        from package in XDocument.Parse(xml).Descendants()
        where package.Name.LocalName == "PackageReference"
        where Has(package, "Version") || Has(package, "VersionOverride")
        select $"{path}: {package.Attribute("Include")?.Value} carries a version; it belongs in Directory.Packages.props.";

    /// <summary>Project files named by a solution file, with forward slashes.</summary>
    public static IReadOnlyList<string> ProjectsOf(string solution) =>
        [.. ProjectPath().Matches(solution).Select(m => m.Groups[1].Value.Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static bool Has(XElement package, string name) => package.Attribute(name) is not null || package.Element(name) is not null;

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();

    [GeneratedRegex(@"""([^""]+\.csproj)""")]
    private static partial Regex ProjectPath();
}
