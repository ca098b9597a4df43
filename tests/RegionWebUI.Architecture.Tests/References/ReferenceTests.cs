namespace RegionWebUI.Architecture.Tests.References;

public class ReferenceTests
{
    [Fact]
    public void ProjectFiles_AgainstTheHouse_NameOnlyWhomTheyMayKnow()
    {
        var projects = SourceTree.Files("src").Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        Assert.Equal(House.Rooms.Count, projects.Count);
        Offenders.None(projects.SelectMany(p => ReferenceChecker.Check(House.Rooms, Parse(p))));
    }

    [Fact]
    public void CompiledAssemblies_AgainstTheHouse_UseOnlyWhomTheyMayKnow() =>
        Offenders.None(House.Rooms.SelectMany(r =>
            ReferenceChecker.Check(House.Rooms, r.Assembly, CompiledReferences.Of(Path.Combine(AppContext.BaseDirectory, r.Assembly + ".dll")))));

    [Theory]
    [InlineData("A", "<ProjectReference Include=\"../B/B.csproj\" />", "A must not reference B.")]
    [InlineData("B", "<ProjectReference Include=\"..\\A\\A.csproj\" /><PackageReference Include=\"Evil\" />",
        "B must not reference the package Evil.")]
    [InlineData("B", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", "B must not use the framework Microsoft.AspNetCore.App.")]
    [InlineData("C", "", "C is not a room of the house.")]
    public void CheckProject_ThatBreaksAPicture_SaysWhichReference(string name, string items, string expected)
    {
        var project = ProjectFile.Parse(name, $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{items}</ItemGroup></Project>");
        Assert.Equal([expected], ReferenceChecker.Check(MadeUp, project));
    }

    [Fact]
    public void CheckProject_BuiltWithAnotherSdk_Says()
    {
        var project = ProjectFile.Parse("A", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />");
        Assert.Equal(["A is built with Microsoft.NET.Sdk.Web, not Microsoft.NET.Sdk."], ReferenceChecker.Check(MadeUp, project));
    }

    [Fact]
    public void CheckAssembly_ThatBreaksAPicture_SaysWhichReference()
    {
        Assert.Empty(ReferenceChecker.Check(MadeUp, "B", ["System.Runtime", "A", "Good.Part"]));
        Assert.Equal(["A must not use B.", "A must not use Good.Part."], ReferenceChecker.Check(MadeUp, "A", ["System.Runtime", "B", "Good.Part"]));
        Assert.Equal(["C is not a room of the house."], ReferenceChecker.Check(MadeUp, "C", []));
    }

    [Fact]
    public void CompiledReferences_OfThisAssembly_AreSeen() =>
        Assert.Contains("Microsoft.CodeAnalysis.CSharp", CompiledReferences.Of(typeof(ReferenceTests).Assembly.Location));

    private static Room[] MadeUp => [new("A", "A", [], [], [], []), new("B", "B", ["A"], ["A"], [], ["Good.*"])];

    private static ProjectFile Parse(string path) => ProjectFile.Parse(Path.GetFileNameWithoutExtension(path), SourceTree.Read(path));
}
