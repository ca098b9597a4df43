using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Diffusion.Tests.Objectives;

public class SizeMatrixTests
{
    [Fact]
    public void Crop_ThatShrinks_IsAdaptiveAveragePooling() =>
        Assert.Equal([0, 0.5f, 0.5f, 0, 0, 0, 0, 0.5f, 0.5f, 0], SizeMatrix.Crop(size: 5, start: 1, length: 3, to: 2));

    [Fact]
    public void Crop_ThatGrows_IsLinearBetweenHalfPixelCentres() =>
        Assert.Equal([1, 0, 0.75f, 0.25f, 0.25f, 0.75f, 0, 1], SizeMatrix.Crop(size: 2, start: 0, length: 2, to: 4));

    [Theory]
    [InlineData(7, 1, 5, 3)]
    [InlineData(7, 0, 7, 7)]
    [InlineData(9, 2, 4, 11)]
    public void Crop_AnySize_HasRowsThatSumToOneWithinTheCrop(int size, int start, int length, int to)
    {
        foreach (var row in SizeMatrix.Crop(size, start, length, to).Chunk(size))
        {
            Assert.Equal(1, row.Sum(), 6);
            Assert.Equal(1, row.AsSpan(start, length).ToArray().Sum(), 6);
        }
    }

    [Theory]
    [InlineData(5, -1, 3, 2)]
    [InlineData(5, 3, 3, 2)]
    [InlineData(5, 0, 0, 2)]
    [InlineData(5, 0, 3, 0)]
    public void Crop_NotThere_IsRefused(int size, int start, int length, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SizeMatrix.Crop(size, start, length, to));
}
