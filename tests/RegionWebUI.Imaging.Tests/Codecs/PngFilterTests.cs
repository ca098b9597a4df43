using CsCheck;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PngFilterTests
{
    [Fact]
    public void Undo_AppliedFilter_GivesTheRowBack() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 8], Gen.Byte.Array[150], Gen.Byte.Array[150], Gen.Int[1, 150]).Sample(
            (filter, pixelBytes, samples, samplesAbove, length) =>
            {
                byte[] row = [.. new byte[pixelBytes], .. samples.Take(length)];
                byte[] above = [.. new byte[pixelBytes], .. samplesAbove.Take(length)];
                var filtered = new byte[length];
                PngFilter.Apply(filter, row, above, pixelBytes, filtered);
                byte[] undone = [.. new byte[pixelBytes], .. filtered];
                PngFilter.Undo(filter, undone, above, pixelBytes);
                return undone.SequenceEqual(row);
            },
            iter: 2000);

    // Worked by hand from the specification: left 10, above 20, corner 25, sample 100.
    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 90)]
    [InlineData(2, 80)]
    [InlineData(3, 85)]
    [InlineData(4, 90)]
    public void Apply_OnePixelFurther_EqualsSpecification(int filter, byte expected)
    {
        var filtered = new byte[2];
        PngFilter.Apply(filter, [0, 10, 100], [0, 25, 20], 1, filtered);
        Assert.Equal(expected, filtered[1]);
    }

    [Fact]
    public void Cost_AnyBytes_EqualsSumOfMagnitudes() =>
        Gen.Byte.Array[0, 200].Sample(bytes => PngFilter.Cost(bytes) == bytes.Sum(b => (long)Math.Abs((int)(sbyte)b)), iter: 500);
}
