using SkiaSharp;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>WebPs with transparency, which the program reads but does not write.</summary>
internal static class TransparentPictures
{
    /// <summary>Red, green, blue, opacity of each pixel.</summary>
    public static byte[] Pixels(int width, int height)
    {
        var rgba = new byte[width * height * 4];
        for (var i = 0; i < rgba.Length; i++)
        {
            rgba[i] = (byte)(((i * 7) + (i / 4 * 11)) | 1);
        }

        return rgba;
    }

    public static byte[] Webp(int width, int height, bool lossless)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Pixels(width, height).CopyTo(bitmap.GetPixelSpan());
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(
            new SKWebpEncoderOptions(lossless ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy, 90));
        Assert.NotNull(data);
        return data.ToArray();
    }
}
