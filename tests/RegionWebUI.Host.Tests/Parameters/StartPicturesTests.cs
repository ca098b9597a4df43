using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Parameters;

public class StartPicturesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    public void Decode_MorePixelsThanAllowed_IsRefusedBeforeMemoryIsTaken(string name)
    {
        var file = PictureFiles.Declaring(name, 8192, 4097);
        Assert.InRange(file.Length, 1, 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<ImageFormatException>(() => StartPictures.Decode(file, Stop));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(
            "It is 8192 x 4097, 33562624 pixels; a picture or mask to start from may have at most 33554432.", refused.Message);
    }

    [Theory]
    [InlineData("a.png", 0)]
    [InlineData("a.webp", 0)]
    [InlineData("a.jpg", 3)]
    public async Task PictureAndMask_OfEveryKind_HaveThePixels(string name, int tolerance)
    {
        var half = new byte[16 * 8 * 3];
        Array.Fill(half, (byte)200, half.Length / 2, half.Length / 2);
        var file = PictureFiles.Of(name, new Image(16, 8, half), "a text is no hindrance");

        var picture = await StartPictures.PictureAsync(file, Stop);
        var mask = await StartPictures.MaskAsync(file, Stop);

        Assert.Equal((16, 8, 16, 8), (picture.Width, picture.Height, mask.Width, mask.Height));
        Assert.All(picture.Rgb.ToArray().Zip(half), p => Assert.InRange(p.First - p.Second, -tolerance, tolerance));
        Assert.All(mask.Values.ToArray().Zip(half.Chunk(3)), p => Assert.Equal(p.Second[0] / 255f, p.First, (tolerance + 0.001f) / 255));
    }

    [Theory]
    [InlineData(3, 16, 8, false)]
    [InlineData(6, 8, 16, false)]
    [InlineData(8, 8, 16, true)]
    public void Decode_JpegOfATurnedCamera_IsUpright(byte orientation, int width, int height, bool darkIsLow)
    {
        // Dark above, light below, as stored; 6 turns clockwise, 8 against the clock, 3 about.
        var half = new byte[16 * 8 * 3];
        Array.Fill(half, (byte)200, half.Length / 2, half.Length / 2);
        var upright = StartPictures.Decode(PictureFiles.Turned(PictureFiles.Of("a.jpg", new Image(16, 8, half)), orientation), Stop);

        Assert.Equal((width, height), (upright.Width, upright.Height));
        var isDarkFirst = upright.Rgb.Span[0] < 100;
        Assert.Equal(darkIsLow, isDarkFirst);
        Assert.NotEqual(isDarkFirst, upright.Rgb.Span[^1] < 100);
    }

    [Fact]
    [Trait("Category", "Fixture")]
    public void Decode_EveryCorruptFile_IsRefusedWithASentenceOrTaken()
    {
        var (cases, run) = (Fixtures.Open("images", "corrupt.json").Cases, 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString()!;
            var file = File.ReadAllBytes(Fixtures.Path("images", name));
            var refused = Record.Exception(() => StartPictures.Decode(file, Stop));
            Assert.True(refused is null or ImageFormatException, $"{name}: {refused}");
            Assert.True(refused is not null || row.GetProperty("outcome").GetString() != "rejected", name);
            Assert.EndsWith(".", refused?.Message ?? ".", StringComparison.Ordinal);
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    [Fact]
    public async Task PictureAndMask_AfterOneWasRefused_TheNextIsTaken()
    {
        await Assert.ThrowsAsync<ImageFormatException>(() => StartPictures.PictureAsync(new byte[4], Stop));
        await Assert.ThrowsAsync<ImageFormatException>(() => StartPictures.MaskAsync(BlackPng.Of(8192, 4097), Stop));
        Assert.Equal(24, (await StartPictures.PictureAsync(BlackPng.Of(4, 2), Stop)).Rgb.Length);
        var mask = await StartPictures.MaskAsync(BlackPng.Of(2, 1), Stop);
        Assert.Equal([0f, 0f], mask.Values.ToArray());
    }

    [Fact]
    public async Task PictureAsync_AlreadyCancelled_DecodesNothing() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => StartPictures.PictureAsync(BlackPng.Of(4, 2), new CancellationToken(canceled: true)));
}
