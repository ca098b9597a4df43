using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>What rows that an extension planned must keep to.</summary>
internal static class RowRules
{
    /// <summary>Refuses rows that cannot run.</summary>
    /// <exception cref="ArgumentException">One sentence on the first row at fault.</exception>
    /// <param name="rows">The rows of a model call.</param>
    /// <param name="layout">The lanes.</param>
    /// <param name="width">Embedding width of the model's prompts.</param>
    public static void Check(IReadOnlyList<DenoiseRow> rows, LaneLayout layout, int width)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            Require(row is not null, "a row is null");
            Require(!string.IsNullOrEmpty(row!.Id) && ids.Add(row.Id), $"the row id '{row.Id}' is empty or there twice");
            layout.Require(row.Lane);
            Check(row, layout.WholeFrame, width);
        }
    }

    /// <summary>Refuses a row that cannot run.</summary>
    /// <exception cref="ArgumentException">One sentence on what is at fault.</exception>
    /// <param name="row">The row.</param>
    /// <param name="frame">What it crops.</param>
    /// <param name="width">Embedding width of the model's prompts.</param>
    public static void Check(DenoiseRow row, Box frame, int width)
    {
        Require(frame.Contains(row.Crop), $"{row.Crop} of row '{row.Id}' is not inside the frame of {frame.Width} x {frame.Height} cells");
        Check(row.Positive, row.Id, width);
        Check(row.Negative, row.Id, width);
        Require(double.IsFinite(row.CfgScale), $"the CFG scale {row.CfgScale} of row '{row.Id}' is no number");
        Require(double.IsFinite(row.Share) && row.Share >= 0, $"the share {row.Share} of row '{row.Id}' is not a number of 0 or more");
        Require(
            row.Weight is null || (row.Weight.Width == row.Crop.Width && row.Weight.Height == row.Crop.Height),
            $"the weight of row '{row.Id}' is {row.Weight?.Width} x {row.Weight?.Height}, its crop {row.Crop.Width} x {row.Crop.Height}");
    }

    // A record's "with" goes past its constructor, so its length is looked at once more.
    private static void Check(Conditioning? prompt, string row, int width)
    {
        Require(prompt is not null, $"row '{row}' lacks a conditioning");
        Require(prompt!.Width == width, $"a conditioning of row '{row}' is {prompt.Width} wide, the UNet takes {width}");
        Require(
            prompt.Embeddings.Length == (long)prompt.Tokens * width,
            $"a conditioning of row '{row}' needs {(long)prompt.Tokens * width} values, not {prompt.Embeddings.Length}");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ArgumentException($"The plan cannot run: {sentence}.");
        }
    }
}
