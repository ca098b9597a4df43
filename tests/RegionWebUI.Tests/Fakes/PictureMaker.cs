using RegionWebUI.Imaging;
using SkiaSharp;

namespace RegionWebUI.Tests.Fakes;

/// <summary>Draws pictures that start as noise and end as a gradient, so that progress can be seen.</summary>
internal static class PictureMaker
{
    public static Image Draw(int width, int height, long seed, double done)
    {
        var random = new Random((int)(seed % int.MaxValue));
        var rgb = new byte[width * height * 3];
        var (hueX, hueY, hueZ) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y * width) + x) * 3;
                var (u, v) = ((double)x / width, (double)y / height);
                var disc = Math.Sqrt(((u - 0.5) * (u - 0.5)) + ((v - 0.55) * (v - 0.55))) < 0.27 ? 0.35 : 0;
                rgb[at] = Mix(Math.Clamp((u * hueX) + disc, 0, 1), random, done);
                rgb[at + 1] = Mix(Math.Clamp((v * hueY) + 0.2, 0, 1), random, done);
                rgb[at + 2] = Mix(Math.Clamp(((1 - v) * hueZ) + 0.25 - (disc / 2), 0, 1), random, done);
            }
        }

        return new Image(width, height, rgb);
    }

    public static byte[] Png(Image image)
    {
        using var bitmap = new SKBitmap(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var pixels = image.Rgb.Span;
        var target = bitmap.GetPixelSpan();
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            pixels.Slice(i * 3, 3).CopyTo(target[(i * 4)..]);
            target[(i * 4) + 3] = 255;
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static byte Mix(double value, Random random, double done) =>
        (byte)(255 * ((value * done) + (random.NextDouble() * (1 - done))));
}
