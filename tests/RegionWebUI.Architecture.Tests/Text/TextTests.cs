namespace RegionWebUI.Architecture.Tests.Text;

public class TextTests
{
    private static readonly string[] _binary = [".png", ".jpg", ".ico", ".woff2", ".bin", ".safetensors", ".pt"];

    [Fact]
    public void Sources_Everywhere_PromiseNothingForLater() =>
        Offenders.None(Texts(SourceTree.Files("src", "extensions", "templates", "wwwroot-assets"))
            .SelectMany(f => TextRules.Promises(f, SourceTree.Read(f))));

    [Fact]
    public void TextFiles_Everywhere_NameNoMachineAndNoRegistry()
    {
        var files = SourceTree.Files("src", "extensions", "templates", "wwwroot-assets", "tests", "eng", "docs", ".ci")
            .Concat(SourceTree.RootFiles());
        var written = files.Where(f => !f.StartsWith("tests/fixtures/", StringComparison.Ordinal) && !IsThisFile(f));
        Offenders.None(Texts(written).SelectMany(f => TextRules.Places(f, SourceTree.Read(f))));
    }

    [Fact]
    public void PackageLock_Everywhere_NamesNoDownloadAddress() =>
        Assert.DoesNotContain("\"resolved\"", SourceTree.Read("package-lock.json"), StringComparison.Ordinal);

    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("// good enough for now")]
    [InlineData("throw new NotImplementedException();")]
    public void Promises_LineThatPutsOff_IsFound(string line) =>
        Assert.StartsWith("a:2: ", Assert.Single(TextRules.Promises("a", "\n" + line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("mastodon")]
    [InlineData("the form for nowhere")]
    public void Promises_LineThatDoesNot_IsNotFound(string line) => Assert.Empty(TextRules.Promises("a", line));

    [Theory]
    [InlineData("see /home/me/notes")]
    [InlineData("\"/home/me/x\"")]
    [InlineData("C:\\Users\\me\\x")]
    [InlineData("https://registry.example.org/esbuild")]
    [InlineData("https://api.example.org/v3/index.json")]
    public void Places_LineOfOneMachine_IsFound(string line) => Assert.NotEmpty(TextRules.Places("a", line));

    [Theory]
    [InlineData("$(RepositoryRoot)/home/x")]
    [InlineData("https://www.nuget.org/packages/MudBlazor")]
    [InlineData("network/worker")]
    public void Places_OtherLine_IsNotFound(string line) => Assert.Empty(TextRules.Places("a", line));

    private static bool IsThisFile(string path) => path.EndsWith($"/Text/{nameof(TextTests)}.cs", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(IEnumerable<string> files) => files.Where(f => !_binary.Contains(Path.GetExtension(f)));
}
