using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>What rows that an extension planned must keep to.</summary>
internal static class RowRules
{
    /// <summary>Refuses rows that cannot run.</summary>
    /// <exception cref="ArgumentException">One sentence on the first row at fault.</exception>
    public static void Check(IReadOnlyList<DenoiseRow> rows, LaneLayout layout)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            Require(row is not null, "a row is null");
            Require(!string.IsNullOrEmpty(row!.Id) && ids.Add(row.Id), $"the row id '{row.Id}' is empty or there twice");
            layout.Require(row.Lane);
            Require(
                layout.WholeFrame.Contains(row.Crop),
                $"{row.Crop} of row '{row.Id}' is not inside the frame of {layout.Width} x {layout.Height} cells");
            Require(row.Positive is not null && row.Negative is not null, $"row '{row.Id}' lacks a conditioning");
            Require(
                row.Positive!.Width == row.Negative!.Width,
                $"the conditionings of row '{row.Id}' are {row.Positive.Width} and {row.Negative.Width} wide");
            Require(double.IsFinite(row.CfgScale), $"the CFG scale {row.CfgScale} of row '{row.Id}' is no number");
            Require(
                row.Weight is null || (row.Weight.Width == row.Crop.Width && row.Weight.Height == row.Crop.Height),
                $"the weight of row '{row.Id}' is {row.Weight?.Width} x {row.Weight?.Height}, its crop {row.Crop.Width} x {row.Crop.Height}");
        }
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ArgumentException($"The plan cannot run: {sentence}.");
        }
    }
}
