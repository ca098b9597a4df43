using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>The default of the fuse stage: one prediction of a lane from the rows that crop it.</summary>
internal static class WeightedFusion
{
    /// <summary>eps of a lane, row-major [channels, height, width].</summary>
    /// <exception cref="InvalidOperationException">A cell of the lane is in no row.</exception>
    public static double[] Fuse(LaneLayout layout, Lane lane, IReadOnlyList<(DenoiseRow Row, double[] Eps)> rows)
    {
        if (rows.Count == 1 && rows[0].Row.Weight is null && rows[0].Row.Crop == layout.WholeFrame)
        {
            return rows[0].Eps;
        }

        var cells = layout.Height * layout.Width;
        var sum = new double[layout.LaneSize];
        var shares = new double[cells];
        foreach (var (row, eps) in rows)
        {
            Add(layout, row, eps, sum, shares);
        }

        for (var cell = 0; cell < cells; cell++)
        {
            if (shares[cell] <= 0)
            {
                throw new InvalidOperationException($"Cell {cell % layout.Width}, {cell / layout.Width} of lane '{lane.Name}' is in no row.");
            }

            // MRGD Eq. (1), after MultiDiffusion (Bar-Tal et al. 2023): eps = sum w_i eps_i / sum w_i.
            for (var c = 0; c < layout.Channels; c++)
            {
                sum[c * cells + cell] /= shares[cell];
            }
        }

        return sum;
    }

    private static void Add(LaneLayout layout, DenoiseRow row, double[] eps, double[] sum, double[] shares)
    {
        var crop = row.Crop;
        var (cells, cropCells) = (layout.Height * layout.Width, crop.Height * crop.Width);
        for (var y = 0; y < crop.Height; y++)
        {
            for (var x = 0; x < crop.Width; x++)
            {
                var inCrop = y * crop.Width + x;
                var inLane = (crop.Y + y) * layout.Width + crop.X + x;
                double weight = row.Weight is { } weights ? weights.Values.Span[inCrop] : 1;
                shares[inLane] += weight;
                for (var c = 0; c < layout.Channels; c++)
                {
                    sum[c * cells + inLane] += weight * eps[c * cropCells + inCrop];
                }
            }
        }
    }
}
