using System.Numerics;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Imaging.Tests.Infotext;

public class InfotextPasteTests
{
    [Theory]
    [InlineData("plain", false)]
    [InlineData("(a)", true)]
    [InlineData("([a])", false)]
    [InlineData("(a", true)]
    [InlineData("a)", false)]
    [InlineData("a:1.2)", false)]
    [InlineData("(a:1.2)", true)]
    [InlineData("(a: +1. )", false)]
    [InlineData("(a:\u0661.\u0662)", true)]
    [InlineData("(a:\u0661)", false)]
    [InlineData(@"\(a\)", false)]
    [InlineData("a BREAK b", false)]
    [InlineData("(a BREAK b:1)", false)]
    [InlineData("()", false)]
    [InlineData(@"(BR\EAK)", false)]
    public void IsUsed_Prompt_OnlyWithAWeightOtherThanOne(string prompt, bool used) => Assert.Equal(used, PromptEmphasis.IsUsed(prompt));

    [Theory]
    [InlineData("(a:1..2)", "1..2")]
    [InlineData("(a:.)", "'.'")]
    public void IsUsed_WeightThatIsNoNumber_IsNamed(string prompt, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => PromptEmphasis.IsUsed(prompt)).Message, StringComparison.Ordinal);

    // Each stands before the next in PEP 440's order.
    [Fact]
    public void CompareTo_VersionsInOrder_AreAscending()
    {
        string[] texts =
        [
            "0.9", "1.6.dev3", "v1.6.0-a1", "1.6.0beta", "1.6.0-RC", "1.6.0rc1.dev2", "1.6.0pre1", "1.6.0", "1.6+local.1", "1.6.0.post0.dev1",
            "1.6.0-5-gabc", "v1.6.0.r12", "1.7.0-224-gabc", "1.7.0-225-gabc", "1.7.0-0226-gabc", "1.7.1", "1.10.1", "1!0.1",
        ];
        var versions = texts.Select(InfotextVersion.Parse).ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            for (var j = 0; j < texts.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(versions[i]!.CompareTo(versions[j])));
            }
        }
    }

    [Theory]
    [InlineData("1.6", "v1.6.0.0")]
    [InlineData("1.6.0RC-1", "1.6c1")]
    [InlineData("v1.6.0-RC-14-gabc", "1.6rc")]
    [InlineData("1.6rev3", " 1.6-3 ")]
    public void CompareTo_OtherSpelling_IsEqual(string a, string b) =>
        Assert.Equal(0, InfotextVersion.Parse(a)!.CompareTo(InfotextVersion.Parse(b)));

    [Theory]
    [InlineData("")]
    [InlineData("v")]
    [InlineData("1.x")]
    [InlineData("1!")]
    [InlineData("1.0+")]
    [InlineData("1.0+a..b")]
    [InlineData("RegionWebUI 0.1.0")]
    [InlineData("f0.0.17v1.8.0rc-latest-276")]
    public void Parse_NoVersion_IsNull(string text) => Assert.Null(InfotextVersion.Parse(text));

    [Theory]
    [InlineData("Size: 0x0, First pass size: 0x0, aa: 1", "positive")]
    [InlineData("Size-1: wide, First pass size: 0x0, aa: 1", "'wide'")]
    [InlineData("Size-1: \"wi\\nde\", First pass size: 0x0, aa: 1", "'wi\uFFFDde'")]
    public void Paste_OldSizesThatAreNone_IsRefusedWithTheValue(string text, string named)
    {
        var document = InfotextReader.Read(text);
        Assert.Contains(named, Assert.Throws<FormatException>(() => InfotextPaste.Paste(document)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1_000", true, -1000)]
    [InlineData(" +\u06617 ", true, 17)]
    [InlineData("1__0", false, 0)]
    [InlineData("_1", false, 0)]
    [InlineData("-_1", false, 0)]
    [InlineData("1.0", false, 0)]
    public void TryInteger_Text_IsReadAsPythonReadsIt(string text, bool isNumber, int expected)
    {
        Assert.Equal(isNumber, PythonInput.TryInteger(text, out var number));
        Assert.Equal(new BigInteger(expected), number);
    }

    [Fact]
    public void Paste_StyleWhoseHalvesOverlapInThePrompt_LeavesAnEmptyPrompt()
    {
        var options = new InfotextPasteOptions { Styles = [new("Wide", "ab{prompt}bc", "")] };
        var pasted = InfotextPaste.Paste(InfotextReader.Read("abc"), options);
        Assert.Equal("", pasted.Values[InfotextKeys.Prompt].ToString());
        Assert.Equal(["Wide"], pasted.Styles);
    }
}
