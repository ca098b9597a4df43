using RegionWebUI.TestKit;

namespace RegionWebUI.Architecture.Tests.Packaging;

public class PackageTests
{
    [Fact]
    public void Versions_OfAllPackages_AreExact() => Offenders.None(PackageRules.InexactVersions(SourceTree.Read("Directory.Packages.props")));

    [Fact]
    public void Projects_AnyOfThem_CarryNoVersionOfTheirOwn()
    {
        var files = SourceTree.Files("src", "tests", "extensions", "templates", "eng").Concat(SourceTree.RootFiles())
            .Where(f => Path.GetExtension(f) is ".csproj" or ".targets" or ".props");
        Offenders.None(files.SelectMany(f => PackageRules.OwnVersions(f, SourceTree.Read(f))));
    }

    [Fact]
    public void Projects_OfTheSolutionAndOfExtensions_HaveALockFile()
    {
        var projects = PackageRules.ProjectsOf(SourceTree.Read("RegionWebUI.sln"));
        Assert.NotEmpty(projects);
        var extensions = SourceTree.Files("extensions").Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));
        Offenders.None(projects.Concat(extensions).Select(p => $"{Path.GetDirectoryName(p)}/packages.lock.json".Replace('\\', '/'))
            .Where(p => !File.Exists(Repository.Path(p))).Select(p => $"{p} is missing."));
    }

    [Fact]
    public void Projects_OfSourceAndTests_BelongToTheSolution()
    {
        var listed = PackageRules.ProjectsOf(SourceTree.Read("RegionWebUI.sln"));
        var found = SourceTree.Files("src", "tests").Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

        // The benchmarks bring PyTorch's native library for comparison, which nobody should wait for who only builds or tests.
        Offenders.None(found.Where(f => !listed.Contains(f) && !f.EndsWith(".Benchmarks.csproj", StringComparison.Ordinal))
            .Select(f => $"{f} is not in RegionWebUI.sln."));
    }

    [Theory]
    [InlineData("1.2.3", 0)]
    [InlineData("1.2.3-rc.1", 0)]
    [InlineData("[1.2.3,)", 1)]
    [InlineData("1.*", 1)]
    [InlineData("", 1)]
    public void InexactVersions_OfAVersion_FindsWhatLeavesAChoice(string version, int offenders) =>
        Assert.Equal(offenders, PackageRules.InexactVersions($"<P><I><PackageVersion Include=\"A\" Version=\"{version}\" /></I></P>").Count());

    [Theory]
    [InlineData("<PackageReference Include=\"A\" />", 0)]
    [InlineData("<PackageReference Include=\"A\" Version=\"1.0.0\" />", 1)]
    [InlineData("<PackageReference Include=\"A\" VersionOverride=\"1.0.0\" />", 1)]
    [InlineData("<PackageReference Include=\"A\"><Version>1.0.0</Version></PackageReference>", 1)]
    public void OwnVersions_OfAReference_FindsVersions(string item, int offenders) =>
        Assert.Equal(offenders, PackageRules.OwnVersions("a", $"<P><I>{item}</I></P>").Count());
}
