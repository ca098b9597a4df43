using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The size of a run that starts from a picture.</summary>
internal static class PictureSize
{
    /// <summary>The picture's own size, made smaller as a whole where a side is too long, each side then rounded to the nearest legal one.</summary>
    internal static (int Width, int Height) For(Image picture)
    {
        var scale = Math.Min(1.0, (double)RequestLimits.MaxSide / Math.Max(picture.Width, picture.Height));
        return (Nearest(picture.Width * scale), Nearest(picture.Height * scale));
    }

    private static int Nearest(double side) => Math.Clamp(
        (int)Math.Round(side / RequestLimits.SideStep, MidpointRounding.AwayFromZero) * RequestLimits.SideStep,
        RequestLimits.MinSide,
        RequestLimits.MaxSide);
}
