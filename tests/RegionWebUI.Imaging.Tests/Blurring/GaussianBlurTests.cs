using CsCheck;
using RegionWebUI.Imaging.Blurring;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Blurring;

public class GaussianBlurTests
{
    [Fact]
    public void Apply_RadiusZero_ChangesNothing() =>
        Pictures.Any.Sample(image => GaussianBlur.Apply(image, 0).Rgb.Span.SequenceEqual(image.Rgb.Span), iter: 50);

    [Fact]
    public void Apply_OneColour_KeepsIt() =>
        Gen.Select(Pictures.Any, Gen.Double[0, 200], Gen.Byte).Sample(
            (image, radius, level) =>
            {
                var flat = new byte[image.Rgb.Length];
                Array.Fill(flat, level);
                return !GaussianBlur.Apply(new Image(image.Width, image.Height, flat), radius).Rgb.Span.ContainsAnyExcept(level);
            },
            iter: 200);

    [Fact]
    public void Apply_OneRow_AgreesWithOneColumn() =>
        Gen.Select(Pictures.Any, Gen.Double[0, 60]).Sample(
            (image, radius) =>
            {
                var row = new Image(image.Width, 1, image.Rgb[..(image.Width * 3)]);
                return GaussianBlur.Apply(row, radius).Rgb.Span.SequenceEqual(Transposed.Of(GaussianBlur.Apply(Transposed.Of(row), radius)).Rgb.Span);
            },
            iter: 200);

    // The step from 0 to 255 becomes the Gaussian's integral: 15.9 % of 255 one standard deviation in front of it, 84.1 % behind.
    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(20)]
    public void Apply_Step_BecomesGaussianIntegral(int radius)
    {
        var plane = new byte[400];
        plane.AsSpan(200).Fill(255);
        var blurred = GaussianBlur.Apply(plane, 400, 1, radius).ToArray();
        Assert.Equal(255 * 0.1587, (blurred[200 - radius] + blurred[199 - radius]) / 2.0, 4.0);
        Assert.Equal(255 * 0.8413, (blurred[200 + radius] + blurred[199 + radius]) / 2.0, 4.0);
        Assert.Equal([0, 255], [blurred[0], blurred[^1]]);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1025)]
    [InlineData(double.NaN)]
    public void Apply_RadiusOutOfRange_IsRefusedWithRange(double radius)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => GaussianBlur.Apply(new Image(1, 1, new byte[3]), radius));
        Assert.Contains("0 to 1024", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_LargestRadiusOnOnePixel_KeepsIt() =>
        Assert.Equal([1, 2, 3], GaussianBlur.Apply(new Image(1, 1, new byte[] { 1, 2, 3 }), GaussianBlur.MaxRadius).Rgb.ToArray());

    [Fact]
    public void Apply_PlaneOfWrongLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => GaussianBlur.Apply(new byte[5], 2, 3, 1));

    [Fact]
    public void Apply_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => GaussianBlur.Apply(new byte[4], 2, 2, 1, new CancellationToken(canceled: true)));
}
