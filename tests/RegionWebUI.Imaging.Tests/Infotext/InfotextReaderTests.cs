using System.Text.RegularExpressions;
using CsCheck;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Infotext;

public partial class InfotextReaderTests
{
    private static readonly string[] _pieces =
    [
        "aa:", "\"", "\\\"", ", ", "Size: 1x2", "\n", "Negative prompt:", "Version: v1.5", "First pass size: 1x0", "(", ":1.5)", ":..)",
    ];

    private static readonly Gen<string> _nasty = Gen.OneOf(
            Gen.String["ab_ /-:,\"\\\n\t\r(x0"],
            Gen.Int[0, _pieces.Length - 1].Array[0, 30].Select(chosen => string.Concat(chosen.Select(i => _pieces[i]))),
            Pictures.Text,
            Gen.Char.Array[0, 40].Select(chars => new string(chars)));

    [Fact]
    public void Read_KeysWithSizesAndDuplicates_GivesThemAsTheyStand()
    {
        var document = InfotextReader.Read("a\n\nb\nNegative prompt: c\nd\nSteps: 2, Size: 3x4, Dup: 1, Empty: , Quoted: \"\", Dup: \"x, y\"");
        Assert.Equal("a\n\nb", document.Prompt);
        Assert.Equal("c\nd", document.NegativePrompt);
        Assert.Equal(
            [new("Steps", "2"), new("Size", "3x4"), new("Dup", "1"), new("Quoted", ""), new("Dup", "x, y")],
            document.Fields);
        Assert.Equal(["Empty"], document.Skipped);
        Assert.Equal("x, y", document.Find("Dup"));
        Assert.Null(document.Find("dup"));
    }

    [Theory]
    [InlineData("\U00020000: 1, \U00020000\U00020000: 2, aa: 3, bb: 4", "\U00020000\U00020000=2;aa=3;bb=4")]
    [InlineData("--aa: 1, -b-: 2, c\u0301c: 3, \u00B2\u2167: 4, dd: 5", "aa=1;b-=2;\u00B2\u2167=4;dd=5")]
    [InlineData("aa: 1, bb:\u001C\u00852, cc: 3\t", "aa=1;bb=2;cc=3")]
    [InlineData("aa: \"x, bb: \", cc: 2, dd: 3", "aa=x, bb: ;cc=2;dd=3")]
    public void Read_OddCharacters_FollowPythonsClasses(string line, string fields) =>
        Assert.Equal(fields, string.Join(';', InfotextReader.Read(line).Fields.Select(f => $"{f.Key}={f.Value}")));

    [Fact]
    public void Scan_AnyAsciiLine_EqualsTheGrammarAsRegex() =>
        Gen.String["aB_ /-:,\"\\\t0"].Sample(
            line =>
            {
                var expected = Grammar().Matches(line).Select(m => KeyValuePair.Create(m.Groups["key"].Value, m.Groups["value"].Value));
                return expected.SequenceEqual(InfotextFieldScanner.Scan(line));
            },
            iter: 20_000);

    [Fact]
    public void Read_AnyText_IsNeverRefused() =>
        _nasty.Sample(text => InfotextReader.Read(text) is { Prompt: not null, NegativePrompt: not null }, iter: 5000);

    [Fact]
    public void Paste_AnyText_GivesAllDefaultsOrRefusesWithAReason() =>
        _nasty.Sample(
            text =>
            {
                var document = InfotextReader.Read(text);
                try
                {
                    var values = InfotextPaste.Paste(document).Values;
                    return values.ContainsKey(InfotextKeys.Prompt) && values.ContainsKey(InfotextKeys.Rng);
                }
                catch (FormatException e)
                {
                    return e.Message.Contains('\'', StringComparison.Ordinal);
                }
            },
            iter: 5000);

    // Time quadratic in these lengths would be many minutes.
    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("aa:")]
    [InlineData("aa:\"")]
    [InlineData("aa:\"\\\",")]
    [InlineData("aa: \"x,")]
    [InlineData("\\\"")]
    [InlineData("\n")]
    [InlineData("Negative prompt:\n")]
    [InlineData("(a")]
    [InlineData("[a(")]
    [InlineData(" BREAK")]
    [InlineData(":1.1 ")]
    [InlineData(": ")]
    [InlineData(" ")]
    public void Paste_HostileLongText_IsReadInLinearTime(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length));
        foreach (var whole in new[] { text, text + "\naa: 1, bb: 2, cc: 3", "p\naa: 1, bb: 2, cc: " + text })
        {
            Assert.NotEmpty(InfotextPaste.Paste(InfotextReader.Read(whole)).Values);
        }
    }

    // The grammar of the last line in .NET's words; for ASCII both agree on what a word character is.
    [GeneratedRegex("""(?<key>[A-Za-z0-9_][A-Za-z0-9_ /-]+):\s*(?<value>"(?:[^"\\]|\\.)+"(?=,|\z)|[^,]*),?""", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
