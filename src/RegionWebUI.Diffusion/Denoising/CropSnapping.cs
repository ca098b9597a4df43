using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>Snaps the crop of a row outward, so that no level of the UNet resamples inside it; what is added has no share.</summary>
internal static class CropSnapping
{
    /// <summary>The row as it can run.</summary>
    public static DenoiseRow Snap(DenoiseRow row, int granularity, Box frame)
    {
        var (asked, snapped) = (row.Crop, row.Crop.Snap(granularity, frame));
        if (snapped == asked)
        {
            return row;
        }

        var weight = Mask.Of(snapped.Width, snapped.Height, (x, y) =>
        {
            var (inX, inY) = (x + snapped.X - asked.X, y + snapped.Y - asked.Y);
            var isInside = inX >= 0 && inY >= 0 && inX < asked.Width && inY < asked.Height;
            return !isInside ? 0 : row.Weight?[inX, inY] ?? 1;
        });
        return row with { Crop = snapped, Weight = weight };
    }
}
