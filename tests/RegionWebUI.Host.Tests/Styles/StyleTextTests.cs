using CsCheck;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Tests.Styles;

public sealed class StyleTextTests
{
    private static readonly IReadOnlyList<GenerationParameter> _parameters = new GenerationParameters(RequestValidator.Standard).All;

    private static readonly Gen<string> _words = Gen.String[Gen.Char["abc ,"], 1, 9].Select(s => s.Trim(' ', ',')).Where(s => s.Length > 0);

    [Theory]
    [InlineData("a cat", "photo of {prompt}, 35mm", "photo of a cat, 35mm")]
    [InlineData("a cat", "fine art", "a cat, fine art")]
    [InlineData("  a cat ", " fine art ", "a cat, fine art")]
    [InlineData("", "fine art", "fine art")]
    [InlineData("a cat", "", "a cat")]
    [InlineData("", "", "")]
    [InlineData(" a cat ", "<{prompt}|{prompt}>", "< a cat | a cat >")]
    public void Apply_OneStyle_IsA1111sMerge(string prompt, string style, string merged) => Assert.Equal(merged, StyleText.Apply(prompt, [style]));

    [Fact]
    public void Apply_SeveralStyles_EachTakesTheTextSoFar() =>
        Assert.Equal("photo of a cat, fine art, 35mm", StyleText.Apply("a cat", ["fine art", "photo of {prompt}, 35mm"]));

    [Fact]
    public void Apply_PlaceholdersThatMultiply_AreRefusedBeforeTheTextIsBuilt()
    {
        var many = string.Concat(Enumerable.Repeat("{prompt}", 4000));
        var refused = Assert.Throws<BadInputException>(() => StyleText.Apply(new string('x', 30_000), [many, many, many]));
        Assert.Contains("32,768", refused.Message, StringComparison.Ordinal);
    }

    // One style with both parts, whose end or frame is nowhere else, so that there is one way to take it out again.
    [Fact]
    public void Apply_AnyStyle_IsTakenOutAgain() => Gen.Select(_words, _words, _words, _words, Gen.Bool, Gen.Bool)
        .Sample((prompt, negative, style, other, frames, framesNegative) =>
        {
            var kept = new PromptStyle(
                "S",
                frames ? $"<{style}| {{prompt}} |{style}>" : $"<{style}>",
                framesNegative ? $"[{{prompt}}] {other}" : $"[{other}]");
            var styled = StyleText.Apply(new GenerationRequest { Prompt = prompt, NegativePrompt = negative }, [kept]);
            var document = new InfotextDocument { Prompt = styled.Prompt, NegativePrompt = styled.NegativePrompt };
            var import = InfotextImport.Apply(new GenerationRequest(), document, _parameters, styles: [new("Other", "nothing", ""), kept]);
            return (import.Request.Prompt, import.Request.NegativePrompt) == (prompt, negative) && import.Styles is ["S"];
        });
}
