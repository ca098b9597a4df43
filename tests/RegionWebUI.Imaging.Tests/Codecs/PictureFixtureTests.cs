using System.Text.Json;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Codecs.Exif;
using RegionWebUI.Imaging.Codecs.Jpeg;
using RegionWebUI.Imaging.Codecs.Skia;
using RegionWebUI.Imaging.Metrics;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Codecs;

[Trait("Category", "Fixture")]
public class PictureFixtureTests
{
    private const int MostAllocated = 8 << 20;
    private const int MostInAJpeg = 32737;

    [Fact]
    public void Decode_EveryContainer_GivesItsInfotext()
    {
        var (cases, run) = (Fixtures.Open("images", "containers.json").Cases, 0);
        foreach (var row in cases)
        {
            var (file, expected) = (ReadFile(row), row.GetProperty("text").GetString());
            var decoded = PictureFile.Decode(file);
            Assert.Equal((expected, null), (decoded.Infotext, decoded.TextProblem));
            Assert.Equal(
                new PictureInfo(decoded.Format, decoded.Image.Width, decoded.Image.Height, expected, null), PictureFile.ReadInfo(file));
            Assert.StartsWith(decoded.Format.ToString(), row.GetProperty("container").GetString(), StringComparison.OrdinalIgnoreCase);
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    [Fact]
    public void Encode_InfotextOfEveryContainer_IsReadBackFromEveryFormat()
    {
        var (cases, run) = (Fixtures.Open("images", "containers.json").Cases, 0);
        foreach (var row in cases)
        {
            var text = row.GetProperty("text").GetString()!;
            foreach (var encoding in Encodings.All.Where(e => e.Format != PictureFormat.Jpeg || text.Length <= MostInAJpeg))
            {
                Assert.Equal(text, PictureFile.Decode(PictureFile.Encode(new Image(2, 2, new byte[12]), encoding, text)).Infotext);
            }

            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    [Fact]
    public void Decode_EveryJpeg_GivesItsPixelsWithinTolerance()
    {
        var file = new PixelFile("images", "jpeg.json");
        var run = 0;
        foreach (var row in file.Fixture.Cases)
        {
            var name = row.GetProperty("file").GetString()!;
            var (width, height) = (row.GetProperty("width").GetInt32(), row.GetProperty("height").GetInt32());
            Assert.Equal("accepted", row.GetProperty("outcome").GetString());
            var source = JpegStructure.Read(ReadFile(row), PictureLimits.Default).ToSource();
            var stored = SkiaDecoder.Decode(source with { Exif = ExifData.None }, CancellationToken.None);
            var expected = file.Picture(row.GetProperty("rgb").GetString()!);
            Assert.Equal((width, height), (expected.Width, expected.Height));
            AssertClose(row, name, expected, stored.Image);
            Assert.Null(stored.Alpha);

            var upright = PictureFile.Decode(ReadFile(row)).Image;
            Assert.Equal(source.Exif.Orientation.Turn(width, height), (upright.Width, upright.Height));
            var orientation = source.Exif.Orientation.Value;
            var said = name.Contains("orientation", StringComparison.Ordinal) ? $"orientation{orientation}_" : ".jpg";
            Assert.Contains(said, name, StringComparison.Ordinal);
            Assert.Equal(Turned.By(stored.Image, orientation), upright.Rgb.ToArray());
            run++;
        }

        Assert.True(run == file.Fixture.Cases.Count && run > 0);
    }

    [Fact]
    public void Decode_EveryCorruptPicture_HasItsOutcome()
    {
        var (cases, run) = (Fixtures.Open("images", "corrupt.json").Cases, 0);
        foreach (var row in cases)
        {
            var (name, outcome) = (row.GetProperty("file").GetString()!, row.GetProperty("outcome").GetString()!);
            var file = ReadFile(row);
            Assert.Equal(row.GetProperty("bytes").GetInt32(), file.Length);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Record.Exception(() => PictureFile.Decode(file));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(thrown is null or ImageFormatException, $"{name}: {thrown}");
            Assert.False(outcome == "rejected" && thrown is null, $"{name} was accepted.");
            var mustBeRead = outcome == "accepted" || outcome.StartsWith("picture accepted", StringComparison.Ordinal);
            Assert.False(mustBeRead && thrown is not null, $"{name}: {thrown?.Message}");
            Assert.True(thrown is null || OneSentence.Is(thrown.Message), $"{name}: {thrown?.Message}");
            Assert.True(allocated < MostAllocated, $"{name}: {allocated} bytes were taken.");
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    /// <summary>The decoder's own memory is not counted by the runtime, so what matters is that it never sees these files.</summary>
    [Fact]
    public void ReadInfo_EveryCorruptJpeg_IsRefusedBeforeADecoderSeesIt()
    {
        var jpegs = Fixtures.Open("images", "corrupt.json").Cases
            .Where(c => c.GetProperty("file").GetString()!.EndsWith(".jpg", StringComparison.Ordinal)
                && c.GetProperty("outcome").GetString() == "rejected").ToList();
        Assert.NotEmpty(jpegs);
        foreach (var row in jpegs)
        {
            var refused = Assert.Throws<ImageFormatException>(() => PictureFile.ReadInfo(ReadFile(row)));
            Assert.True(OneSentence.Is(refused.Message), refused.Message);
        }
    }

    private static void AssertClose(JsonElement row, string name, Image expected, Image actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var largest = 0;
        for (var i = 0; i < expected.Rgb.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected.Rgb.Span[i] - actual.Rgb.Span[i]));
        }

        Assert.True(largest <= row.GetProperty("max_abs_tolerance").GetInt32(), $"{name} differs by {largest}.");
        Assert.True(largest == 0 || Psnr.Of(expected, actual) >= row.GetProperty("min_psnr").GetDouble(), name);
    }

    private static byte[] ReadFile(JsonElement row) =>
        File.ReadAllBytes(Fixtures.Path(["images", .. row.GetProperty("file").GetString()!.Split('/')]));
}
