using SkiaSharp;

namespace RegionWebUI.Imaging.Codecs.Skia;

/// <summary>Encodes JPEG and WebP without any metadata.</summary>
internal static class SkiaEncoder
{
    /// <summary>A WebP stores its sides in 14 bits.</summary>
    private const int MaxWebpSide = 16383;

    /// <summary>How long to look for a small file without loss; libwebp's usual value.</summary>
    private const int LosslessEffort = 75;

    public static byte[] EncodeJpeg(Image image, int quality)
    {
        var options = new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore);
        return Encode(image, pixels => pixels.Encode(options));
    }

    /// <param name="image">What to encode.</param>
    /// <param name="quality">1 to 100; null without loss.</param>
    public static byte[] EncodeWebp(Image image, int? quality)
    {
        if (image.Width > MaxWebpSide || image.Height > MaxWebpSide)
        {
            throw new ArgumentException(
                $"The picture is {image.Width} x {image.Height} pixels; a WebP has at most {MaxWebpSide} a side.", nameof(image));
        }

        var options = quality is { } lossy
            ? new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, lossy)
            : new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, LosslessEffort);
        return Encode(image, pixels => pixels.Encode(options));
    }

    private static byte[] Encode(Image image, Func<SKPixmap, SKData?> encode)
    {
        var info = new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var pixels = new NativeBuffer(info.RowBytes * info.Height);
        CopyPixels(image.Rgb.Span, pixels.Span);
        using var pixmap = new SKPixmap(info, pixels.Address);
        using var data = encode(pixmap)
            ?? throw new InvalidOperationException($"A picture of {image.Width} x {image.Height} pixels could not be encoded.");
        return data.ToArray();
    }

    private static void CopyPixels(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (var (from, to) = (0, 0); from < rgb.Length; from += 3, to += UprightRows.PixelBytes)
        {
            rgb.Slice(from, 3).CopyTo(rgba[to..]);
            rgba[to + 3] = byte.MaxValue;
        }
    }
}
