using CsCheck;
using RegionWebUI.Imaging.Resampling;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Resampling;

public class ResamplerTests
{
    private static readonly Gen<ResampleFilter> _anyFilter = Gen.Enum<ResampleFilter>();

    private static readonly Gen<int> _anySide = Gen.Int[1, 90];

    [Fact]
    public void Resize_SameSize_ChangesNothing() =>
        Gen.Select(Pictures.Any, _anyFilter).Sample(
            (image, filter) => Resampler.Resize(image, image.Width, image.Height, filter).Rgb.Span.SequenceEqual(image.Rgb.Span), iter: 100);

    [Fact]
    public void Resize_OneColour_KeepsIt() =>
        Gen.Select(Pictures.Any, _anySide, _anySide, _anyFilter, Gen.Byte).Sample(
            (image, width, height, filter, level) =>
            {
                var flat = new byte[image.Rgb.Length];
                Array.Fill(flat, level);
                var resized = Resampler.Resize(new Image(image.Width, image.Height, flat), width, height, filter);
                return (resized.Width, resized.Height) == (width, height) && !resized.Rgb.Span.ContainsAnyExcept(level);
            },
            iter: 300);

    [Fact]
    public void Resize_OneDirection_RowsAndColumnsAgree() =>
        Gen.Select(Pictures.Any, _anySide, _anyFilter).Sample(
            (image, width, filter) =>
            {
                var byRows = Resampler.Resize(image, width, image.Height, filter);
                var byColumns = Transposed.Of(Resampler.Resize(Transposed.Of(image), image.Height, width, filter));
                return byRows.Rgb.Span.SequenceEqual(byColumns.Rgb.Span);
            },
            iter: 300);

    [Fact]
    public void Resize_OnePlaneOrAllChannels_GivesTheSame() =>
        Gen.Select(Pictures.Any, _anySide, _anySide, _anyFilter).Sample(
            (image, width, height, filter) =>
            {
                var expected = Resampler.Resize(image, width, height, filter).Rgb.ToArray();
                byte[] green = [.. image.Rgb.ToArray().Where((_, i) => i % 3 == 1)];
                var plane = Resampler.Resize(green.AsMemory(), image.Width, image.Height, width, height, filter);
                byte[] opaque = [.. image.Rgb.ToArray().Chunk(3).SelectMany(pixel => (byte[])[.. pixel, 255])];
                var rgba = Resampler.ResizeRgba(opaque, image.Width, image.Height, width, height, filter);
                return plane.ToArray().SequenceEqual(expected.Where((_, i) => i % 3 == 1))
                    && rgba.ToArray().SequenceEqual(expected.Chunk(3).SelectMany(pixel => (byte[])[.. pixel, 255]));
            },
            iter: 200);

    [Fact]
    public void Resize_FloatPlane_StaysWithinALevelOfBytes() =>
        Gen.Select(Pictures.Any, _anySide, _anySide).Sample(
            (image, width, height) =>
            {
                byte[] red = [.. image.Rgb.ToArray().Where((_, i) => i % 3 == 0)];
                var bytes = Resampler.Resize(red.AsMemory(), image.Width, image.Height, width, height, ResampleFilter.Bilinear).ToArray();
                var floats = Resampler.Resize(
                    Array.ConvertAll(red, v => (float)v).AsMemory(), image.Width, image.Height, width, height, ResampleFilter.Bilinear).ToArray();
                return bytes.Zip(floats).All(pair => Math.Abs(pair.First - pair.Second) <= 1.001);
            },
            iter: 200);

    // Worked by hand: two pixels of 0 and 80 made four; a bilinear centre lies a quarter pixel from one and three from the other.
    [Fact]
    public void Resize_TwoPixelsBilinear_WeighsByDistance() =>
        Assert.Equal(
            [0, 20, 60, 80], Resampler.Resize(new byte[] { 0, 80 }.AsMemory(), 2, 1, 4, 1, ResampleFilter.Bilinear).ToArray());

    [Fact]
    public void Resize_WholePixelsOfABox_EqualsTheCutPicture()
    {
        var image = Pictures.Make(8, 6, 5, 255, new Random(2));
        var part = Resampler.Resize(image, new SourceBox(2, 1, 5, 5), 3, 4, ResampleFilter.Lanczos);
        for (var y = 0; y < 4; y++)
        {
            Assert.Equal(image.Rgb.Slice((((y + 1) * 8) + 2) * 3, 9).ToArray(), part.Rgb.Slice(y * 9, 9).ToArray());
        }
    }

    [Fact]
    public void ResizeRgba_InvisibleColour_DoesNotBleed()
    {
        byte[] redBesideClearGreen = [200, 0, 0, 255, 0, 200, 0, 0];
        Assert.Equal([199, 0, 0, 128], Resampler.ResizeRgba(redBesideClearGreen, 2, 1, 1, 1, ResampleFilter.Box).ToArray());
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(16385, 1)]
    [InlineData(16384, 4097)]
    public void Resize_SizeThatIsNotAllowed_IsRefusedWithIt(int width, int height)
    {
        foreach (var filter in Enum.GetValues<ResampleFilter>())
        {
            Action[] calls =
            [
                () => Resampler.Resize(new Image(1, 1, new byte[3]), width, height, filter),
                () => Resampler.Resize(new byte[1].AsMemory(), 1, 1, width, height, filter),
                () => Resampler.Resize(new float[1].AsMemory(), 1, 1, width, height, filter),
                () => Resampler.ResizeRgba(new byte[4], 1, 1, width, height, filter),
            ];
            Assert.All(calls, call => Assert.Contains($"is {width} x {height}", Refusal(call), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 2.5f, 2)]
    [InlineData(0, 1, 2, 1)]
    [InlineData(float.NaN, 0, 2, 2)]
    public void Resize_BoxNotInsidePicture_IsRefusedWithLegalRange(float left, float top, float right, float bottom)
    {
        var refused = Assert.Throws<ArgumentException>(
            () => Resampler.Resize(new Image(2, 2, new byte[12]), new SourceBox(left, top, right, bottom), 1, 1, ResampleFilter.Box));
        Assert.Contains("within 0, 0 to 2, 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resize_PlaneOfWrongLengthOrUnknownFilter_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Resampler.Resize(new byte[5].AsMemory(), 2, 3, 1, 1, ResampleFilter.Box));
        Assert.Throws<ArgumentException>(() => Resampler.Resize(new float[7].AsMemory(), 2, 3, 1, 1, ResampleFilter.Box));
        Assert.Throws<ArgumentException>(() => Resampler.ResizeRgba(new byte[6], 2, 3, 1, 1, ResampleFilter.Box));
        var unknown = Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(new Image(1, 1, new byte[3]), 2, 2, (ResampleFilter)77));
        Assert.Contains("Lanczos", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resize_Cancelled_Stops()
    {
        var cancelled = new CancellationToken(canceled: true);
        var image = new Image(2, 2, new byte[12]);
        foreach (var filter in Enum.GetValues<ResampleFilter>())
        {
            Assert.Throws<OperationCanceledException>(() => Resampler.Resize(image, 3, 2, filter, cancelled));
            Assert.Throws<OperationCanceledException>(() => Resampler.Resize(image, 2, 3, filter, cancelled));
            Assert.Throws<OperationCanceledException>(() => Resampler.Resize(new float[4].AsMemory(), 2, 2, 3, 2, filter, cancelled));
        }
    }

    private static string Refusal(Action call) => Assert.Throws<ArgumentException>(call).Message;
}
