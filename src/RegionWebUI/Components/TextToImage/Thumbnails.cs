using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// Small copies of pictures that only one page knows. They travel inside its markup, so that no address of the program ever leads to them.
/// </summary>
internal static class Thumbnails
{
    /// <summary>Longest side in pixels: twice what is shown, for dense screens.</summary>
    internal const int Side = 112;

    /// <summary>A data address of the small copy.</summary>
    internal static string Of(Image picture)
    {
        var scale = Math.Min(1.0, (double)Side / Math.Max(picture.Width, picture.Height));
        var small = scale < 1 ? Shrink(picture, Length(picture.Width, scale), Length(picture.Height, scale)) : picture;
        return $"data:image/png;base64,{Convert.ToBase64String(PngFile.Encode(small, null))}";
    }

    private static int Length(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));

    private static Image Shrink(Image picture, int width, int height)
    {
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                Mean(picture, (x, width), (y, height), rgb.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        return new Image(width, height, rgb);
    }

    private static void Mean(Image picture, (int At, int Of) column, (int At, int Of) row, Span<byte> mean)
    {
        var (left, right) = Span(column, picture.Width);
        var (top, bottom) = Span(row, picture.Height);
        Span<long> sum = [0, 0, 0];
        for (var y = top; y < bottom; y++)
        {
            var line = picture.Rgb.Span[(((y * picture.Width) + left) * 3)..(((y * picture.Width) + right) * 3)];
            for (var i = 0; i < line.Length; i++)
            {
                sum[i % 3] += line[i];
            }
        }

        var count = (right - left) * (bottom - top);
        for (var i = 0; i < 3; i++)
        {
            mean[i] = (byte)((sum[i] + (count / 2)) / count);
        }
    }

    private static (int Start, int End) Span((int At, int Of) cell, int length)
    {
        var start = (int)((long)cell.At * length / cell.Of);
        return (start, Math.Max(start + 1, (int)((long)(cell.At + 1) * length / cell.Of)));
    }
}
