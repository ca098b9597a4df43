using System.Security.Cryptography;
using System.Text.Json;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Codecs;

[Trait("Category", "Fixture")]
public class PngFixtureTests
{
    private const int MostAllocated = 8 << 20;

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
    public void Decode_EveryKindOfPng_GivesItsPixels()
    {
        var (cases, run) = (PngCases("png.json"), 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString();
            Assert.Equal("accepted", row.GetProperty("outcome").GetString());
            var decoded = PngFile.Decode(ReadFile(row));
            Assert.Equal((row.GetProperty("width").GetInt32(), row.GetProperty("height").GetInt32()), (decoded.Image.Width, decoded.Image.Height));
            var rgba = Pictures.ToRgba(decoded);
            byte[] first = [.. row.GetProperty("first_pixels").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(v => v.GetByte())];
            Assert.True(rgba.AsSpan().StartsWith(first), $"{name} begins with {string.Join(' ', rgba.Take(first.Length))}.");
            Assert.True(row.GetProperty("rgba8_sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(rgba)), name);
            run++;
        }

        Assert.True(run == Fixtures.Open("images", "png.json").Json.GetProperty("cases").GetArrayLength() && run > 0);
    }

    [Fact]
    public void Decode_EveryCorruptPng_HasItsOutcome()
    {
        var (cases, run) = (PngCases("corrupt.json"), 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString();
            var outcome = row.GetProperty("outcome").GetString()!;
            var file = ReadFile(row);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Record.Exception(() => PngFile.Decode(file));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(thrown is null or ImageFormatException, $"{name}: {thrown}");
            Assert.False(outcome == "rejected" && thrown is null, $"{name} was accepted.");
            Assert.False(outcome.StartsWith("picture accepted", StringComparison.Ordinal) && thrown is not null, $"{name}: {thrown?.Message}");
            Assert.True(thrown is null || IsOneSentence(thrown.Message), $"{name}: {thrown?.Message}");
            Assert.True(allocated < MostAllocated, $"{name}: {allocated} bytes were taken.");
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    private static bool IsOneSentence(string message) => message.EndsWith('.') && !message.Contains(". ", StringComparison.Ordinal);

    private static List<JsonElement> PngCases(string file) =>
        [.. Fixtures.Open("images", file).Cases.Where(c => c.GetProperty("file").GetString()!.EndsWith(".png", StringComparison.Ordinal))];

    private static byte[] ReadFile(JsonElement row) =>
        File.ReadAllBytes(Fixtures.Path(["images", .. row.GetProperty("file").GetString()!.Split('/')]));
}
