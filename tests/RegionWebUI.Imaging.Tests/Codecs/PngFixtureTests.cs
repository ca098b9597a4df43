using System.Text.Json;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Codecs;

[Trait("Category", "Fixture")]
public class PngFixtureTests
{
    [Fact]
    public void Decode_EveryPngContainer_GivesItsInfotext()
    {
        var (cases, run) = (PngCases("containers.json"), 0);
        foreach (var row in cases)
        {
            var file = ReadFile(row);
            var expected = row.GetProperty("text").GetString();
            Assert.Equal("parameters", row.GetProperty("keyword").GetString());
            Assert.Equal(expected, PngFile.Decode(file).Infotext);
            using var stream = new MemoryStream(file);
            Assert.Equal(expected, PngFile.ReadInfo(stream).Infotext);
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    [Fact]
    public void Encode_InfotextOfEveryPngContainer_IsReadBack()
    {
        foreach (var row in PngCases("containers.json"))
        {
            var text = row.GetProperty("text").GetString();
            Assert.Equal(text, PngFile.Decode(PngFile.Encode(new Image(1, 1, new byte[3]), text)).Infotext);
        }
    }

    [Fact]
    public void Decode_EveryCorruptPng_HasItsOutcome()
    {
        var (cases, run) = (PngCases("corrupt.json"), 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString();
            var outcome = row.GetProperty("outcome").GetString()!;
            var thrown = Record.Exception(() => PngFile.Decode(ReadFile(row)));
            Assert.True(thrown is null or ImageFormatException, $"{name}: {thrown}");
            Assert.False(outcome == "rejected" && thrown is null, $"{name} was accepted.");
            Assert.False(outcome.StartsWith("picture accepted", StringComparison.Ordinal) && thrown is not null, $"{name}: {thrown?.Message}");
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    private static List<JsonElement> PngCases(string file) =>
        [.. Fixtures.Open("images", file).Cases.Where(c => c.GetProperty("file").GetString()!.EndsWith(".png", StringComparison.Ordinal))];

    private static byte[] ReadFile(JsonElement row) =>
        File.ReadAllBytes(Fixtures.Path(["images", .. row.GetProperty("file").GetString()!.Split('/')]));
}
