using RegionWebUI.Sdk;

namespace RegionalPrompts.Tests;

public class RegionLayoutTests
{
    private static readonly Box _frame = new(0, 0, 32, 16);

    public static TheoryData<double[], double> Cuts =>
        new(from shares in new double[][] { [1, 1], [2, 1, 1], [1, 5, 1, 1], [0.3, 0.7], [1, 1, 1, 1, 1, 1, 1, 1] }
            from feather in new[] { 0, 0.01, 0.2, 0.37, 0.5 }
            select new TheoryDataRow<double[], double>(shares, feather));

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Of_AnyCut_SharesSumToOneInEveryCellAndCropsLieInside(double[] shares, double feather)
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            var regions = RegionLayout.Of(shares, feather, direction, _frame);
            var sums = new double[_frame.Width, _frame.Height];
            foreach (var (crop, weight) in regions)
            {
                Assert.True(_frame.Contains(crop), $"{crop} reaches outside.");
                Assert.Equal((crop.Width, crop.Height), (weight.Width, weight.Height));
                Add(sums, crop, weight);
            }

            Assert.Equal(shares.Length, regions.Count);
            Assert.All(sums.Cast<double>(), s => Assert.Equal(1, s, 1e-6));
        }
    }

    [Fact]
    public void Of_NoFeather_CutsWhereTheSplitSays()
    {
        Assert.Equal([new(0, 0, 16, 16), new(16, 0, 8, 16), new(24, 0, 8, 16)], Crops([2, 1, 1], 0, Direction.Columns));
        Assert.Equal([new(0, 0, 32, 12), new(0, 12, 32, 4)], Crops([3, 1], 0, Direction.Rows));
    }

    [Fact]
    public void Of_Feather_WidensCropsAndBlendsInAStraightLine()
    {
        var regions = RegionLayout.Of([1, 1], 0.25, Direction.Columns, _frame);
        Assert.Equal([new(0, 0, 20, 16), new(12, 0, 20, 16)], regions.Select(r => r.Crop));

        // 8 cells of ramp round the border at 16; a cell counts by its middle.
        float[] expected = [1, 0.9375f, 0.8125f, 0.6875f, 0.5625f, 0.4375f, 0.3125f, 0.1875f, 0.0625f];
        Assert.Equal(expected, Enumerable.Range(11, 9).Select(x => regions[0].Weight[x, 7]));
        Assert.Equal(expected.Skip(1).Reverse(), Enumerable.Range(0, 8).Select(x => regions[1].Weight[x, 7]));
    }

    [Fact]
    public void Of_RegionWithoutACell_IsRefusedWithItsNumber()
    {
        var error = Assert.Throws<ArgumentException>(() => RegionLayout.Of([100, 1, 100], 0, Direction.Rows, _frame));
        Assert.StartsWith("Region 2 is smaller than a cell of 8 pixels", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Box> Crops(double[] shares, double feather, Direction direction) =>
        RegionLayout.Of(shares, feather, direction, _frame).Select(r => r.Crop);

    private static void Add(double[,] sums, Box crop, RegionWebUI.Imaging.Mask weight)
    {
        for (var y = 0; y < crop.Height; y++)
        {
            for (var x = 0; x < crop.Width; x++)
            {
                sums[crop.X + x, crop.Y + y] += weight[x, y];
            }
        }
    }
}
