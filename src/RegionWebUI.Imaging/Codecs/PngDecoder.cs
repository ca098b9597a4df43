using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// Turns the rows of a PNG into pictures. Which kinds of pixels are read is said in <see cref="CheckReadable"/>, how in <see cref="Store"/>.
/// </summary>
internal static class PngDecoder
{
    public static DecodedPng Decode(ReadOnlyMemory<byte> file, PngLimits limits, CancellationToken cancellation)
    {
        var structure = PngStructure.ReadWhole(file, limits);
        var header = structure.Header;
        CheckReadable(header);
        using var scanlines = new PngScanlines(file, structure);
        var key = TransparentColor(structure);
        var rgb = new byte[header.Width * header.Height * 3];
        var alpha = header.ColorType == PngColorType.Rgba || key is not null ? new byte[header.Width * header.Height] : null;
        for (var y = 0; y < header.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var pixels = y * header.Width;
            Store(scanlines.Next(), header, key, rgb.AsSpan(pixels * 3, header.Width * 3), alpha.AsSpan(alpha is null ? 0 : pixels));
        }

        scanlines.Finish();
        var opacity = alpha is null ? default(ReadOnlyMemory<byte>?) : alpha;
        return new DecodedPng(new Image(header.Width, header.Height, rgb), opacity, structure.Text?.Value, structure.Text?.Problem);
    }

    private static void CheckReadable(PngHeader header)
    {
        if (header.BitDepth != 8 || header.ColorType is not (PngColorType.Rgb or PngColorType.Rgba) || header.Interlaced)
        {
            throw new ImageFormatException(
                $"The PNG has {header.BitDepth}-bit {header.ColorType} pixels{(header.Interlaced ? ", interlaced" : "")}; "
                + "only 8-bit Rgb and Rgba without interlacing can be read.");
        }
    }

    /// <summary>The colour that tRNS declares transparent; null when there is none.</summary>
    private static (byte Red, byte Green, byte Blue)? TransparentColor(PngStructure structure)
    {
        if (structure.Transparency is not { } data)
        {
            return null;
        }

        if (structure.Header.ColorType != PngColorType.Rgb || data.Length != 6)
        {
            throw new ImageFormatException(
                $"The PNG's tRNS chunk of {data.Length} bytes does not fit its {structure.Header.ColorType} pixels (Rgb: 6 bytes, Rgba: none).");
        }

        var samples = data.Span;
        var red = BinaryPrimitives.ReadUInt16BigEndian(samples);
        var green = BinaryPrimitives.ReadUInt16BigEndian(samples[2..]);
        var blue = BinaryPrimitives.ReadUInt16BigEndian(samples[4..]);

        // A sample beyond 8 bits equals no pixel: nothing is transparent.
        return red > 255 || green > 255 || blue > 255 ? null : ((byte)red, (byte)green, (byte)blue);
    }

    private static void Store(
        ReadOnlySpan<byte> row, PngHeader header, (byte Red, byte Green, byte Blue)? key, Span<byte> rgb, Span<byte> alpha)
    {
        if (header.ColorType == PngColorType.Rgba)
        {
            for (var x = 0; x < header.Width; x++)
            {
                rgb[x * 3] = row[x * 4];
                rgb[(x * 3) + 1] = row[(x * 4) + 1];
                rgb[(x * 3) + 2] = row[(x * 4) + 2];
                alpha[x] = row[(x * 4) + 3];
            }

            return;
        }

        row.CopyTo(rgb);
        if (key is not { } clear)
        {
            return;
        }

        for (var x = 0; x < header.Width; x++)
        {
            alpha[x] = (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) == clear ? (byte)0 : (byte)255;
        }
    }
}
