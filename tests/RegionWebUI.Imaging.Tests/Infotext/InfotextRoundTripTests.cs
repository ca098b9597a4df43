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
    public void WriteRead_AnyValuesOfExtensions_ComeBackUnlessTheyAreEmpty() =>
        Gen.Select(_key, _value).Array[0, 6].Sample(
            pairs =>
            {
                var extra = pairs.DistinctBy(p => p.Item1).Where(p => p.Item2.Length > 0).ToArray();
                var document = WriteRead([.. extra.Select(p => KeyValuePair.Create(p.Item1, p.Item2))]);
                return document.Prompt == "a cat" && document.Skipped.Count == 0
                    && document.Fields.Where(f => f.Key.StartsWith("ext/", StringComparison.Ordinal))
                        .SequenceEqual(extra.Select(p => KeyValuePair.Create(p.Item1, p.Item2)));
            },
            iter: 20_000);

    [Theory]
    [InlineData("", null)]
    [InlineData("ext/a/key", "ext/a/key")]
    [InlineData(" x", " x")]
    [InlineData("\t", "\t")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("\"x", "\"x")]
    [InlineData("a\"b", "a\"b")]
    public void WriteRead_ValueThatA1111WouldTear_ComesBackUnlessItIsEmpty(string value, string? read) =>
        Assert.Equal(read, WriteRead([new("ext/a/key", value)]).Find("ext/a/key"));

    [Fact]
    public void WriteRead_LastValueWithSpaceAtItsEnd_KeepsIt()
    {
        var text = InfotextWriter.Write(Parameters([new("ext/a/key", "x ")]) with { Version = null });
        Assert.Equal("x ", InfotextReader.Read(text).Find("ext/a/key"));
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
