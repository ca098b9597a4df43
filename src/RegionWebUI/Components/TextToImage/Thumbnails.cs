using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Resampling;

namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// Small copies of pictures that only one page knows. They travel inside its markup, so that no address of the program ever leads to them.
/// </summary>
internal static class Thumbnails
{
    /// <summary>Longest side in pixels: twice what is shown, for dense screens.</summary>
    internal const int Side = 112;

    /// <summary>A data address of the small copy.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="side">Longest side of the copy in pixels; a smaller picture is taken as it is.</param>
    internal static string Of(Image picture, int side = Side)
    {
        var scale = Math.Min(1.0, (double)side / Math.Max(picture.Width, picture.Height));
        var small = scale < 1
            ? Resampler.Resize(picture, Length(picture.Width, scale), Length(picture.Height, scale), ResampleFilter.Box)
            : picture;
        return $"data:image/png;base64,{Convert.ToBase64String(PngFile.Encode(small, null))}";
    }

    private static int Length(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));
}
