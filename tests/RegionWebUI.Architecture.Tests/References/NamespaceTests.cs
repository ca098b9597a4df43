using System.Text;

namespace RegionWebUI.Architecture.Tests.References;

public class NamespaceTests
{
    private const string Room = "RegionWebUI.Diffusion";

    private static readonly string[] _guarded = [$"{Room}.Samplers", $"{Room}.Networks", $"{Room}.Schedules", $"{Room}.Noise"];
    private static readonly string[] _forbidden = [$"{Room}.Denoising", $"{Room}.Generation", $"{Room}.Hooks"];

    private static readonly string[] _implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    [Fact]
    public void Diffusion_PureFolders_KnowNeitherDenoiserNorGeneration()
    {
        var sources = SourceTree.Files($"src/{Room}").Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(f => (f, SourceTree.Read(f)));
        Offenders.None(Check([.. sources]));
    }

    [Theory]
    [InlineData("using RegionWebUI.Diffusion.Generation; namespace RegionWebUI.Diffusion.Samplers; class A { }")]
    [InlineData("namespace RegionWebUI.Diffusion.Samplers; class A { Denoising.Denoiser? d; }")]
    [InlineData("namespace RegionWebUI.Diffusion.Noise; class A { void M() { var d = Shared.Get(); } }")]
    [InlineData("namespace RegionWebUI.Diffusion.Networks.Deep; class A { int M() => RegionWebUI.Diffusion.Denoising.Denoiser.Number; }")]
    public void Check_GuardedNamespaceThatUsesTheDenoiser_IsFound(string source) => Assert.NotEmpty(Check([("A.cs", source), Others]));

    [Theory]
    [InlineData("namespace RegionWebUI.Diffusion.Generation; class A { Denoising.Denoiser? d; }")]
    [InlineData("namespace RegionWebUI.Diffusion.Samplers; class A { /* Denoising.Denoiser */ string Denoiser = \"Generation\"; }")]
    public void Check_SourceThatKeepsTheRule_FindsNothing(string source) => Assert.Empty(Check([("A.cs", source), Others]));

    [Fact]
    public void Check_NameThatCannotBeResolved_IsFound()
    {
        var found = Check([("A.cs", "namespace RegionWebUI.Diffusion.Noise; class A { Missing m; }"), Others]);
        Assert.Contains("could not be resolved", Assert.Single(found), StringComparison.Ordinal);
    }

    private static (string Path, string Text) Others =>
        ("B.cs", "namespace RegionWebUI.Diffusion.Denoising { class Denoiser { public static int Number; } }\n"
            + "namespace RegionWebUI.Diffusion.Generation { class Engine { } }\n"
            + "namespace RegionWebUI.Diffusion { class Shared { public static Denoising.Denoiser Get() => new(); } }");

    private static IReadOnlyList<string> Check((string Path, string Text)[] sources)
    {
        var usings = new StringBuilder();
        foreach (var space in _implicit)
        {
            usings.AppendLine($"global using {space};");
        }

        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) != Room + ".dll");
        return NamespaceChecker.Check(Room, [.. sources, ("Usings.cs", usings.ToString())], platform, _guarded, _forbidden);
    }
}
