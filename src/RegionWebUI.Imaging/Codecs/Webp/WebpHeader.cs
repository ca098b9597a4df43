using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs.Webp;

/// <summary>The size a WebP's chunk declares, within the limits.</summary>
internal readonly record struct WebpHeader(int Width, int Height)
{
    /// <summary>Of VP8X: flags, three bytes of nothing, the size (RFC 9649, 2.7).</summary>
    public const int ExtendedBytes = 10;

    /// <summary>The flag of VP8X that says there is an EXIF chunk.</summary>
    public const byte ExifFlag = 0x08;

    private const byte AnimationFlag = 0x02;
    private const int LossyBytes = 10;
    private const int LosslessBytes = 5;

    /// <summary>Reads and judges the head of an image chunk or of VP8X; null when the chunk has no size.</summary>
    public static WebpHeader? Parse(WebpChunkType type, ReadOnlySpan<byte> data, PictureLimits limits)
    {
        (int Width, int Height)? size =
            type == WebpChunkType.Extended ? OfExtended(data)
            : type == WebpChunkType.Lossy ? OfLossy(data)
            : type == WebpChunkType.Lossless ? OfLossless(data)
            : null;
        if (size is not { } found)
        {
            return null;
        }

        return limits.ProblemOf(found.Width, found.Height) is { } problem
            ? throw new ImageFormatException(problem)
            : new WebpHeader(found.Width, found.Height);
    }

    /// <summary>Writes the data of a VP8X chunk.</summary>
    public static void WriteExtended(Span<byte> data, byte flags, int width, int height)
    {
        data[..ExtendedBytes].Clear();
        data[0] = flags;
        WriteThreeBytes(data[4..], width - 1);
        WriteThreeBytes(data[7..], height - 1);
    }

    private static (int Width, int Height) OfExtended(ReadOnlySpan<byte> data)
    {
        RequireBytes(WebpChunkType.Extended, data, ExtendedBytes);
        return (data[0] & AnimationFlag) == 0
            ? (1 + ThreeBytes(data[4..]), 1 + ThreeBytes(data[7..]))
            : throw new ImageFormatException("The WebP is animated; only still pictures are read.");
    }

    /// <summary>A key frame's tag, start code and size (RFC 6386, 9.1).</summary>
    private static (int Width, int Height) OfLossy(ReadOnlySpan<byte> data)
    {
        RequireBytes(WebpChunkType.Lossy, data, LossyBytes);
        if ((data[0] & 1) != 0 || !data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            throw new ImageFormatException("The WebP is damaged: its VP8 chunk does not begin with a key frame.");
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
    }

    /// <summary>Signature, and 14 bits for each side (RFC 9649, 3.4).</summary>
    private static (int Width, int Height) OfLossless(ReadOnlySpan<byte> data)
    {
        RequireBytes(WebpChunkType.Lossless, data, LosslessBytes);
        if (data[0] != 0x2F)
        {
            throw new ImageFormatException($"The WebP is damaged: its VP8L chunk begins with {data[0]:X2}; it must be 2F.");
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
    }

    private static void RequireBytes(WebpChunkType type, ReadOnlySpan<byte> data, int least)
    {
        if (data.Length < least)
        {
            throw new ImageFormatException($"The WebP's {type} chunk has {data.Length} bytes; it must have at least {least}.");
        }
    }

    private static int ThreeBytes(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);

    private static void WriteThreeBytes(Span<byte> data, int value) =>
        (data[0], data[1], data[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
}
