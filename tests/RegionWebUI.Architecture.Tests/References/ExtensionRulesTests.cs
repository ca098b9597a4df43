using RegionWebUI.TestKit;

namespace RegionWebUI.Architecture.Tests.References;

public class ExtensionRulesTests
{
    [Fact]
    public void Extensions_ProjectFiles_NameTheSdkOnly() =>
        Offenders.None(Projects.SelectMany(p => ExtensionRules.Check(ProjectFile.Parse(Path.GetFileNameWithoutExtension(p), SourceTree.Read(p)))));

    [Fact]
    public void Extensions_CompiledAssemblies_UseTheSdkOnly() => Offenders.None(Projects.SelectMany(project =>
    {
        var bin = Repository.Path(Path.GetDirectoryName(project)!, "bin");
        var main = Path.Combine(bin, Path.GetFileNameWithoutExtension(project) + ".dll");
        if (!File.Exists(main))
        {
            return [$"{project} was not built with the program: {main} is missing."];
        }

        var own = Directory.GetFiles(bin, "*.dll").Select(f => Path.GetFileNameWithoutExtension(f)).ToList();
        return own.Where(n => n.StartsWith("RegionWebUI.", StringComparison.Ordinal)).Select(n => $"{bin} holds a copy of the program's {n}.")
            .Concat(ExtensionRules.Check(Path.GetFileNameWithoutExtension(main), CompiledReferences.Of(main), own));
    }));

    [Fact]
    public void Extensions_Manifests_NameTheirFolderAndWhatItBuilds() =>
        Offenders.None(Projects.GroupBy(p => p.Split('/')[1]).SelectMany(g => ExtensionRules.CheckManifest(
            g.Key, SourceTree.Read($"extensions/{g.Key}/extension.json"), [.. g.Select(p => Path.GetFileNameWithoutExtension(p))])));

    [Fact]
    public void House_ProjectsAndSolution_NameNoExtension()
    {
        var files = SourceTree.Files("src", "tests").Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Append("RegionWebUI.sln").ToList();
        Assert.True(files.Count > 10);
        Offenders.None(files.SelectMany(f => ExtensionRules.NamedIn(f, SourceTree.Read(f))));
    }

    [Theory]
    [InlineData("<ProjectReference Include=\"../../src/RegionWebUI.Sdk/RegionWebUI.Sdk.csproj\" />", null)]
    [InlineData("<PackageReference Include=\"Microsoft.AspNetCore.Components.Web\" />", null)]
    [InlineData("<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", null)]
    [InlineData("<ProjectReference Include=\"../../src/RegionWebUI.Host/RegionWebUI.Host.csproj\" />", "E must not reference RegionWebUI.Host.")]
    [InlineData("<ProjectReference Include=\"..\\other\\Other.csproj\" />", "E must not reference Other.")]
    [InlineData("<PackageReference Include=\"MudBlazor\" />", "E must not reference the package MudBlazor.")]
    [InlineData("<Reference Include=\"RegionWebUI.Diffusion\" />", "E must not use the framework assembly RegionWebUI.Diffusion.")]
    [InlineData("<FrameworkReference Include=\"Microsoft.WindowsDesktop.App\" />", "E must not use the framework Microsoft.WindowsDesktop.App.")]
    public void CheckProject_OfAnExtension_FindsWhatIsNotTheSdk(string items, string? expected)
    {
        var project = ProjectFile.Parse("E", $"<Project Sdk=\"Microsoft.NET.Sdk.Razor\"><ItemGroup>{items}</ItemGroup></Project>");
        Assert.Equal(expected is null ? [] : [expected], ExtensionRules.Check(project));
    }

    [Fact]
    public void CheckProject_BuiltAsAProgram_IsFound() =>
        Assert.Equal(
            ["E is built with Microsoft.NET.Sdk.Web, not Microsoft.NET.Sdk."],
            ExtensionRules.Check(ProjectFile.Parse("E", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />")));

    [Fact]
    public void CheckAssembly_OfAnExtension_FindsWhatIsNotTheSdk()
    {
        string[] allowed =
            ["RegionWebUI.Sdk", "RegionWebUI.Graph", "RegionWebUI.Imaging", "System.Linq", "Microsoft.AspNetCore.Components.Web", "Own"];
        Assert.Empty(ExtensionRules.Check("E", allowed, ["E", "Own"]));
        Assert.Equal(
            ["E must not use RegionWebUI.Onnx.", "E must not use SkiaSharp.", "E must not use Own."],
            ExtensionRules.Check("E", ["RegionWebUI.Onnx", "SkiaSharp", "Own"], ["E"]));
    }

    [Theory]
    [InlineData("two-words", "bin/TwoWords.dll", 0)]
    [InlineData("other", "bin/TwoWords.dll", 1)]
    [InlineData("two-words", "bin/Other.dll", 1)]
    [InlineData("two-words", "bin/Debug/net10.0/TwoWords.dll", 1)]
    public void CheckManifest_ThatDoesNotFitItsFolder_IsFound(string id, string assembly, int offenders) =>
        Assert.Equal(
            offenders,
            ExtensionRules.CheckManifest("two-words", $$"""{ "id": "{{id}}", "assembly": "{{assembly}}" }""", ["TwoWords"]).Count());

    [Theory]
    [InlineData("<ProjectReference Include=\"../../extensions/a/A.csproj\" />", "../../extensions/a/A.csproj")]
    [InlineData("\"A\", \"extensions\\a\\A.csproj\", \"{1}\"", "extensions\\a\\A.csproj")]
    [InlineData("<Compile Include=\"$(RepositoryRoot)extensions/a/*.cs\" />", "$(RepositoryRoot)extensions/a/*.cs")]
    public void NamedIn_FileThatNamesAnExtension_IsFound(string text, string found) =>
        Assert.Equal([$"F names {found}; the house must stand without extensions."], ExtensionRules.NamedIn("F", text));

    [Theory]
    [InlineData("<Import Project=\"$(RepositoryRoot)eng/Extensions.targets\" />")]
    [InlineData("<PackageReference Include=\"Microsoft.Extensions.Logging\" />")]
    [InlineData("<Compile Include=\"my-extensions/a.cs\" />")]
    public void NamedIn_OtherFile_FindsNothing(string text) => Assert.Empty(ExtensionRules.NamedIn("F", text));

    private static IReadOnlyList<string> Projects =>
        [.. SourceTree.Files("extensions").Where(f =>
            f.EndsWith(".csproj", StringComparison.Ordinal) && !f.EndsWith(".Tests.csproj", StringComparison.Ordinal))];
}
