using CsCheck;
using RegionWebUI.Imaging.Codecs;
using SkiaSharp;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>Pictures to encode, and a second reader to judge by.</summary>
internal static class Pictures
{
    /// <summary>Noise, flat areas and slopes, so that every filter is chosen for some row.</summary>
    public static Gen<Image> Any { get; } =
        from width in Gen.Int[1, 70]
        from height in Gen.Int[1, 40]
        from slope in Gen.Int[-9, 9]
        from noise in Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(12), Gen.Const(255))
        from seed in Gen.Int
        select Make(width, height, slope, noise, new Random(seed));

    /// <summary>Any text a prompt could hold: Latin-1, other scripts, emoji, control characters; no lone surrogates.</summary>
    public static Gen<string> Text { get; } =
        Gen.OneOf(
            Gen.Int[0, 0x7F], Gen.Int[0, 0xFF], Gen.Int[0, 0xD7FF], Gen.Int[0xE000, 0x10FFFF])
        .Array[0, 60]
        .Select(codes => string.Concat(codes.Select(char.ConvertFromUtf32)));

    public static Image Make(int width, int height, int slope, int noise, Random random)
    {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            rgb[i] = (byte)((i % (width * 3) / 3 * slope) + (i / (width * 3) * 3) + (i % 3 * 40) + random.Next(noise + 1));
        }

        return new Image(width, height, rgb);
    }

    /// <summary>What Skia reads: red, green, blue, alpha of each pixel.</summary>
    public static byte[] ReadBySkia(byte[] file, out int width, out int height)
    {
        using var stream = new MemoryStream(file);
        using var codec = SKCodec.Create(stream, out var opened);
        Assert.Equal(SKCodecResult.Success, opened);
        (width, height) = (codec.Info.Width, codec.Info.Height);
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels()));
        return bitmap.Bytes;
    }

    /// <summary>Red, green, blue, opacity of each pixel; 255 where the file has no transparency.</summary>
    public static byte[] ToRgba(DecodedPng decoded)
    {
        var rgb = decoded.Image.Rgb.Span;
        var rgba = new byte[decoded.Image.Width * decoded.Image.Height * 4];
        for (var i = 0; i < rgba.Length / 4; i++)
        {
            rgb.Slice(i * 3, 3).CopyTo(rgba.AsSpan(i * 4));
            rgba[(i * 4) + 3] = decoded.Alpha is { } alpha ? alpha.Span[i] : (byte)255;
        }

        return rgba;
    }

    public static byte[] DropAlpha(byte[] rgba) => [.. rgba.Where((_, i) => i % 4 != 3)];
}
