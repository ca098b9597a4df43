using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>The IHDR chunk, legal and within the limits.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits per sample (per index for a palette).</param>
/// <param name="ColorType">What a pixel is made of.</param>
/// <param name="Interlaced">Adam7 order instead of row by row.</param>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool Interlaced)
{
    public const int Size = 13;

    /// <summary>Samples per pixel.</summary>
    public int Channels => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GreyAlpha => 2,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    /// <summary>How far back a filter looks for "the pixel to the left", in bytes; at least 1.</summary>
    public int PixelBytes => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Bytes of a row of so many pixels without its filter byte; a row of a pass of Adam7 has fewer than <see cref="Width"/>.</summary>
    public int RowBytes(int pixels) => checked((int)((((long)pixels * Channels * BitDepth) + 7) / 8));

    /// <summary>Reads and judges the chunk's 13 bytes.</summary>
    public static PngHeader Parse(ReadOnlySpan<byte> data, PictureLimits limits)
    {
        if (data.Length != Size)
        {
            throw new ImageFormatException($"The PNG's IHDR chunk has {data.Length} bytes; it must have {Size}.");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (limits.ProblemOf(width, height) is { } problem)
        {
            throw new ImageFormatException(problem);
        }

        var (depth, color, compression, filter, interlace) = (data[8], data[9], data[10], data[11], data[12]);
        CheckKind(depth, color);
        if (compression != 0)
        {
            throw new ImageFormatException($"The PNG declares compression method {compression}; only 0 exists.");
        }

        if (filter != 0)
        {
            throw new ImageFormatException($"The PNG declares filter method {filter}; only 0 exists.");
        }

        return interlace <= 1
            ? new PngHeader((int)width, (int)height, depth, (PngColorType)color, interlace == 1)
            : throw new ImageFormatException($"The PNG declares interlace method {interlace}; only 0 and 1 exist.");
    }

    public void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteInt32BigEndian(data, Width);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], Height);
        data[8] = (byte)BitDepth;
        data[9] = (byte)ColorType;
        data[10] = 0;
        data[11] = 0;
        data[12] = Interlaced ? (byte)1 : (byte)0;
    }

    private static void CheckKind(int depth, int color)
    {
        int[] depths = (PngColorType)color switch
        {
            PngColorType.Grey => [1, 2, 4, 8, 16],
            PngColorType.Palette => [1, 2, 4, 8],
            PngColorType.Rgb or PngColorType.GreyAlpha or PngColorType.Rgba => [8, 16],
            _ => throw new ImageFormatException($"The PNG declares colour type {color}; only 0, 2, 3, 4 and 6 exist."),
        };
        if (!depths.Contains(depth))
        {
            throw new ImageFormatException(
                $"The PNG declares {depth} bits a sample for colour type {color}; allowed are {string.Join(", ", depths)}.");
        }
    }
}
