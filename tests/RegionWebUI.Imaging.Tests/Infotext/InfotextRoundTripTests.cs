using CsCheck;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Infotext;

public class InfotextRoundTripTests
{
    private static readonly Gen<string> _key =
        from id in Gen.String[Gen.Char["abcXYZ019-"], 1, 8]
        from name in Gen.String[Gen.Char["abcXYZ019-_"], 1, 8]
        select $"ext/{id}/{name}";

    private static readonly Gen<string> _value = Gen.OneOf(
        Pictures.Text,
        Gen.String[Gen.Char["ab\"\\,: \n\tx1"], 0, 12],
        Gen.Char.Array[0, 12].Select(chars => new string(chars)),
        Gen.Double.Select(number => InfotextValue.FromFloat(number).ToString()));

    [Fact]
    public void WriteRead_AnyValuesOfExtensions_ComeBackUnlessTheFormatLosesThem() =>
        Gen.Select(_key, _value).Array[0, 6].Sample(
            pairs =>
            {
                var extra = pairs.DistinctBy(p => p.Item1).Where(p => !IsLost(p.Item1, p.Item2)).ToArray();
                var document = WriteRead([.. extra.Select(p => KeyValuePair.Create(p.Item1, p.Item2))]);
                return document.Prompt == "a cat" && document.Skipped.Count == 0
                    && document.Fields.Where(f => f.Key.StartsWith("ext/", StringComparison.Ordinal))
                        .SequenceEqual(extra.Select(p => KeyValuePair.Create(p.Item1, p.Item2)));
            },
            iter: 20_000);

    [Fact]
    public void WriteRead_AnyQuotedValue_ComesBackInAnyCompany() =>
        Gen.Select(_value.Where(IsQuoted), _value.Where(v => IsQuoted(v) || !PythonText.Strip(v).StartsWith('"'))).Sample(
            (value, other) => WriteRead([new("ext/a/other", other), new("ext/b/key", value)]).Find("ext/b/key") == value,
            iter: 5000);

    // What A1111's format loses. A value with a comma, a colon or a line feed is quoted and never lost.
    [Theory]
    [InlineData("", null)]
    [InlineData("ext/a/key", null)]
    [InlineData(" x", "x")]
    [InlineData("\t", null)]
    [InlineData("x ", "x ")]
    [InlineData("\"x\"", "x")]
    [InlineData("\"\\u0041\"", "A")]
    [InlineData("\"\"", "")]
    [InlineData("\"\"x", "\"\"x")]
    [InlineData("\"x", "\"x")]
    public void WriteRead_ValueOutsideTheFormat_BecomesWhatA1111Reads(string value, string? read) =>
        Assert.Equal(read, WriteRead([new("ext/a/key", value)]).Find("ext/a/key"));

    [Fact]
    public void WriteRead_TwoValuesThatStartWithQuotes_RunIntoEachOther()
    {
        var document = WriteRead([new("ext/a/key", "\"x"), new("ext/b/key", "\"")]);
        Assert.Equal("x, ext/b/key: ", document.Find("ext/a/key"));
        Assert.Null(document.Find("ext/b/key"));
    }

    [Fact]
    public void WriteRead_LastValueWithSpaceAtItsEnd_LosesIt()
    {
        var text = InfotextWriter.Write(Parameters([new("ext/a/key", "x ")]) with { Version = null });
        Assert.Equal("x", InfotextReader.Read(text).Find("ext/a/key"));
    }

    [Fact]
    public void WriteReadPaste_SizeOfAnExtension_IsSplitOnlyByPasting()
    {
        var document = WriteRead([new("ext/a/key", "3x4")]);
        Assert.Equal("3x4", document.Find("ext/a/key"));
        var values = InfotextPaste.Paste(document).Values;
        Assert.Equal(("3", "4"), (values["ext/a/key-1"].ToString(), values["ext/a/key-2"].ToString()));
        Assert.DoesNotContain("ext/a/key", values.Keys);
    }

    private static bool IsQuoted(string value) => value.AsSpan().ContainsAny(",:\n");

    private static bool IsLost(string key, string value) =>
        !IsQuoted(value) && (value.Length == 0 || value == key || value[0] == '"' || PythonText.IsSpace(value[0]));

    private static InfotextDocument WriteRead(KeyValuePair<string, string>[] extra) =>
        InfotextReader.Read(InfotextWriter.Write(Parameters(extra)));

    private static InfotextParameters Parameters(KeyValuePair<string, string>[] extra) => new()
    {
        Prompt = "a cat",
        Steps = 20,
        Sampler = "DDIM",
        CfgScale = 5.0,
        Seed = 7,
        Width = 128,
        Height = 64,
        Version = "RegionWebUI 0.1.0",
        Extra = [.. extra.Select(p => new KeyValuePair<string, InfotextValue?>(p.Key, p.Value))],
    };
}
