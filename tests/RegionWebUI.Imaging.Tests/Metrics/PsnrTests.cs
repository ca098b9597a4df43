using System.Text.Json;
using CsCheck;
using RegionWebUI.Imaging.Metrics;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Metrics;

public class PsnrTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public void Of_EveryPairOfFile_EqualsScikitImage()
    {
        var file = new PixelFile("lanczos", "metrics.json");
        var run = 0;
        foreach (var row in file.Fixture.Cases)
        {
            var psnr = Psnr.Of(file.Picture(row.GetProperty("a").GetString()!), file.Picture(row.GetProperty("b").GetString()!));
            var expected = row.GetProperty("psnr_rgb");
            Assert.Equal(expected.ValueKind == JsonValueKind.String ? double.PositiveInfinity : expected.GetDouble(), psnr, 1e-6);
            run++;
        }

        Assert.True(run == file.Fixture.Json.GetProperty("cases").GetArrayLength() && run > 0);
    }

    [Fact]
    public void Of_EqualPictures_IsInfinite() =>
        Pictures.Any.Sample(image => double.IsPositiveInfinity(Psnr.Of(image, new Image(image.Width, image.Height, image.Rgb.ToArray()))), iter: 20);

    [Fact]
    public void Of_OneLevelEverywhere_Is48Decibels()
    {
        var image = new Image(2, 1, new byte[] { 1, 2, 3, 4, 5, 6 });
        var brighter = new Image(2, 1, new byte[] { 2, 3, 4, 5, 6, 7 });
        Assert.Equal(20 * Math.Log10(255), Psnr.Of(image, brighter), 1e-12);
    }

    [Fact]
    public void Of_DifferentSizes_IsRefusedWithBoth()
    {
        var refused = Assert.Throws<ArgumentException>(() => Psnr.Of(new Image(2, 1, new byte[6]), new Image(1, 2, new byte[6])));
        Assert.Contains("1 x 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2 x 1", refused.Message, StringComparison.Ordinal);
    }
}
