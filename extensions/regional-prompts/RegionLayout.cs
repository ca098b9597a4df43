using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionalPrompts;

/// <summary>Cuts a frame into regions whose shares sum to 1 in every cell.</summary>
internal static class RegionLayout
{
    /// <summary>The regions in order.</summary>
    /// <param name="shares">Relative sizes, each more than 0.</param>
    /// <param name="feather">Share of the side over which neighbours blend, 0 or more.</param>
    /// <param name="direction">How they lie.</param>
    /// <param name="frame">What is cut.</param>
    /// <exception cref="ArgumentException">A region is too small to have a cell.</exception>
    public static IReadOnlyList<Region> Of(IReadOnlyList<double> shares, double feather, Direction direction, Box frame)
    {
        var side = direction == Direction.Columns ? frame.Width : frame.Height;
        var borders = Borders(shares, side);
        return [.. shares.Select((_, i) => Of(i, borders, feather * side, direction, frame))];
    }

    private static Region Of(int index, double[] borders, double ramp, Direction direction, Box frame)
    {
        var isColumn = direction == Direction.Columns;
        var line = Weights(borders, index, ramp, isColumn ? frame.Width : frame.Height);
        var (near, far) = (Array.FindIndex(line, w => w > 0), Array.FindLastIndex(line, w => w > 0));
        if (near < 0)
        {
            throw new ArgumentException(
                $"Region {index + 1} is smaller than a cell of 8 pixels; give it more of the split or make the picture larger.");
        }

        var size = far + 1 - near;
        var crop = isColumn ? new Box(near, 0, size, frame.Height) : new Box(0, near, frame.Width, size);
        return new Region(crop, Mask.Of(crop.Width, crop.Height, (x, y) => line[near + (isColumn ? x : y)]));
    }

    /// <summary>Where regions begin and end: one border more than there are regions, from 0 to the side.</summary>
    private static double[] Borders(IReadOnlyList<double> shares, int side)
    {
        var total = shares.Sum();
        var borders = new double[shares.Count + 1];
        for (var i = 0; i < shares.Count; i++)
        {
            borders[i + 1] = borders[i] + (shares[i] / total * side);
        }

        return borders;
    }

    /// <summary>
    /// A region has what lies behind its near border less what lies behind its far one. Each border's ramp is counted once for either of
    /// its neighbours, so the shares sum to 1 however wide ramps are.
    /// </summary>
    private static float[] Weights(double[] borders, int index, double ramp, int side)
    {
        var weights = new float[side];
        for (var cell = 0; cell < side; cell++)
        {
            weights[cell] = (float)(Behind(index, cell) - Behind(index + 1, cell));
        }

        return weights;

        double Behind(int border, int cell)
        {
            if (border == 0 || border == borders.Length - 1)
            {
                return border == 0 ? 1 : 0;
            }

            var distance = cell + 0.5 - borders[border];
            return ramp == 0 ? (distance >= 0 ? 1 : 0) : Math.Clamp(0.5 + (distance / ramp), 0, 1);
        }
    }
}
