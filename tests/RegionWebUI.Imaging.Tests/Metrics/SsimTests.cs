using CsCheck;
using RegionWebUI.Imaging.Metrics;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Metrics;

public class SsimTests
{
    private const double Tolerance = 1e-7;

    private static readonly Gen<Image> _any =
        from width in Gen.Int[Ssim.MinSide, 40]
        from height in Gen.Int[Ssim.MinSide, 30]
        from noise in Gen.Int[0, 255]
        from seed in Gen.Int
        select Pictures.Make(width, height, 3, noise, new Random(seed));

    [Fact]
    [Trait("Category", "Fixture")]
    public void Of_EveryPairOfFile_EqualsScikitImage()
    {
        var file = new PixelFile("lanczos", "metrics.json");
        var run = 0;
        foreach (var row in file.Fixture.Cases)
        {
            var first = file.Picture(row.GetProperty("a").GetString()!);
            var second = file.Picture(row.GetProperty("b").GetString()!);
            Assert.Equal(row.GetProperty("ssim_rgb").GetDouble(), Ssim.Of(first, second), Tolerance);
            var inner = Ssim.OfChannels(first, second, SsimWindow.Radius, CancellationToken.None);
            Assert.Equal(row.GetProperty("ssim_green").GetDouble(), inner[1], Tolerance);
            var whole = Ssim.OfChannels(first, second, 0, CancellationToken.None);
            Assert.Equal(row.GetProperty("ssim_rgb_full_map_mean").GetDouble(), whole.Average(), Tolerance);
            run++;
        }

        Assert.True(run == file.Fixture.Json.GetProperty("cases").GetArrayLength() && run > 0);
    }

    [Fact]
    public void Of_EqualPictures_IsOne() =>
        _any.Sample(image => Math.Abs(Ssim.Of(image, new Image(image.Width, image.Height, image.Rgb.ToArray())) - 1) < 1e-12, iter: 30);

    [Fact]
    public void Of_TwoPictures_DoesNotDependOnOrderOrDirection() =>
        Gen.Select(_any, Gen.Int).Sample(
            (image, seed) =>
            {
                var other = Pictures.Make(image.Width, image.Height, 5, 90, new Random(seed));
                var similarity = Ssim.Of(image, other);
                return similarity is >= -1 and < 1
                    && Math.Abs(similarity - Ssim.Of(other, image)) < 1e-9
                    && Math.Abs(similarity - Ssim.Of(Transposed.Of(image), Transposed.Of(other))) < 1e-9;
            },
            iter: 30);

    // Flat pictures have no variance: what is left is (2 a b + C1) / (a^2 + b^2 + C1), C1 = 6.5025.
    [Fact]
    public void Of_FlatPictures_ComparesBrightnessOnly()
    {
        var (dark, bright) = (new byte[11 * 11 * 3], new byte[11 * 11 * 3]);
        Array.Fill(dark, (byte)100);
        Array.Fill(bright, (byte)200);
        Assert.Equal(40006.5025 / 50006.5025, Ssim.Of(new Image(11, 11, dark), new Image(11, 11, bright)), 1e-9);
    }

    [Fact]
    public void Of_DifferentOrSmallSizes_IsRefusedWithThem()
    {
        var small = new Image(10, 11, new byte[330]);
        Assert.Contains("at least 11", Assert.Throws<ArgumentException>(() => Ssim.Of(small, small)).Message, StringComparison.Ordinal);
        var differing = Assert.Throws<ArgumentException>(() => Ssim.Of(small, new Image(11, 10, new byte[330])));
        Assert.Contains("11 x 10", differing.Message, StringComparison.Ordinal);
        Assert.Contains("10 x 11", differing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Cancelled_Stops()
    {
        var image = new Image(11, 11, new byte[363]);
        Assert.Throws<OperationCanceledException>(() => Ssim.Of(image, image, new CancellationToken(canceled: true)));
    }
}
