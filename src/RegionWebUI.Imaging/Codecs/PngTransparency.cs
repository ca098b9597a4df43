using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>What a tRNS chunk says: an opacity for each palette colour, or the one colour that is transparent.</summary>
internal static class PngTransparency
{
    /// <summary>Opacity of each of 256 palette indices; null when all are opaque.</summary>
    public static byte[]? OfPalette(PngStructure structure)
    {
        if (structure.Header.ColorType != PngColorType.Palette || structure.Transparency is not { } data)
        {
            return null;
        }

        var colors = structure.Palette!.Value.Length / 3;
        if (data.Length == 0 || data.Length > colors)
        {
            throw new ImageFormatException(
                $"The PNG's tRNS chunk has {data.Length} bytes; it must have one for each of at most {colors} colours of the palette.");
        }

        var opacities = new byte[256];
        opacities.AsSpan().Fill(255);
        data.Span.CopyTo(opacities);
        return opacities;
    }

    /// <summary>
    /// The bytes of the transparent pixel: big-endian samples of 16 bits, otherwise one byte a sample. Null when no pixel can be
    /// transparent.
    /// </summary>
    public static byte[]? ColorOf(PngStructure structure)
    {
        var header = structure.Header;
        if (header.ColorType == PngColorType.Palette || structure.Transparency is not { } data)
        {
            return null;
        }

        if (header.ColorType is not (PngColorType.Grey or PngColorType.Rgb) || data.Length != header.Channels * 2)
        {
            throw new ImageFormatException(
                $"The PNG's tRNS chunk of {data.Length} bytes does not fit its {header.ColorType} pixels "
                + "(Grey: 2 bytes, Rgb: 6 bytes, GreyAlpha and Rgba: none).");
        }

        if (header.BitDepth == 16)
        {
            return data.ToArray();
        }

        var color = new byte[header.Channels];
        for (var i = 0; i < color.Length; i++)
        {
            var sample = BinaryPrimitives.ReadUInt16BigEndian(data.Span[(2 * i)..]);
            if (sample > PngSamples.LargestValue(header.BitDepth))
            {
                return null;
            }

            color[i] = (byte)sample;
        }

        return color;
    }
}
