namespace RegionWebUI.Extensions.Tests;

public class GuideCodeTests
{
    [Fact]
    public void Guide_EveryCodeBlock_CompilesAgainstTheSdk()
    {
        var blocks = Guide.Blocks.Where(b => b.Language == "csharp").ToList();
        Assert.True(blocks.Count >= 5, $"docs/extensions.md has {blocks.Count} blocks of C#.");
        Assert.All(blocks, b => Assert.Empty(CSharpBlock.Problems(b.Text)));
    }

    [Fact]
    public void Guide_EveryBlock_NamesItsLanguageUnlessItIsADrawing() =>
        Assert.All(
            Guide.Blocks,
            b => Assert.True(b.Language is "bash" or "csharp" or "json" || b.Text.Contains("->", StringComparison.Ordinal), b.Text));

    [Theory]
    [InlineData("internal sealed class A : RegionWebUI.Sdk.Hooks.IBlendHook { }")]
    [InlineData("internal sealed class A { string M() => null; }")]
    [InlineData("internal sealed class A { RegionWebUI.Host.Jobs.Job? _job; }")]
    [InlineData("internal sealed class A { MudBlazor.MudText? _text; }")]
    public void Problems_CodeThatIsNoExtension_AreFound(string code) => Assert.NotEmpty(CSharpBlock.Problems(code));

    [Fact]
    public void Read_ADocument_FindsBlocksWithHeadingLanguageAndFile()
    {
        var blocks = Guide.Read("# T\n```\nx -> y\n```\n## A b\nwords\n```csharp a/B.cs\nclass B;\n```\n\n```bash\none\ntwo\n```\n");
        Assert.Equal(
            [new("", "", "", "x -> y\n"), new("A b", "csharp", "a/B.cs", "class B;\n"), new("A b", "bash", "", "one\ntwo\n")],
            blocks);
    }
}
