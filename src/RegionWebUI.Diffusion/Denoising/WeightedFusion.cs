using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>The default of the fuse stage: one prediction of a lane from the rows that crop it.</summary>
internal static class WeightedFusion
{
    /// <summary>eps of a lane.</summary>
    /// <exception cref="UncoveredCellException">A cell of the lane is in no row.</exception>
    public static Latent Fuse(LaneLayout layout, Lane lane, IReadOnlyList<RowEps> rows)
    {
        if (rows.Count == 1 && rows[0].Row.Weight is null && rows[0].Row.Crop == layout.WholeFrame)
        {
            return rows[0].Eps;
        }

        var cells = layout.Height * layout.Width;
        var sum = new double[layout.LaneSize];
        var shares = new double[cells];
        foreach (var row in rows)
        {
            Add(layout, row.Row, row.Eps.Data.Span, sum, shares);
        }

        var eps = new float[sum.Length];
        for (var i = 0; i < eps.Length; i++)
        {
            var cell = i % cells;
            if (shares[cell] <= 0)
            {
                throw new UncoveredCellException(
                    $"Cell {cell % layout.Width}, {cell / layout.Width} of lane '{lane.Name}' is in no row with a share above 0.");
            }

            // MRGD Eq. (1), after MultiDiffusion (Bar-Tal et al. 2023): eps = sum w_i eps_i / sum w_i.
            eps[i] = (float)(sum[i] / shares[cell]);
        }

        return new Latent(layout.Channels, layout.Height, layout.Width, eps);
    }

    private static void Add(LaneLayout layout, DenoiseRow row, ReadOnlySpan<float> eps, double[] sum, double[] shares)
    {
        var crop = row.Crop;
        var (cells, cropCells) = (layout.Height * layout.Width, crop.Height * crop.Width);
        for (var inCrop = 0; inCrop < cropCells; inCrop++)
        {
            var inLane = ((crop.Y + (inCrop / crop.Width)) * layout.Width) + crop.X + (inCrop % crop.Width);
            var weight = row.Share * (row.Weight is { } weights ? weights.Values.Span[inCrop] : 1);
            shares[inLane] += weight;
            for (var c = 0; c < layout.Channels; c++)
            {
                sum[(c * cells) + inLane] += weight * eps[(c * cropCells) + inCrop];
            }
        }
    }
}
