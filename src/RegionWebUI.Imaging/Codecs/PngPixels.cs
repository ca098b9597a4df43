namespace RegionWebUI.Imaging.Codecs;

/// <summary>Turns rows of any kind of pixel into 8-bit colours and opacities.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly byte[] _samples;
    private readonly byte[] _palette = new byte[3 * 256];
    private readonly byte[]? _opacities;
    private readonly byte[]? _clear;

    /// <summary>Reads palette and transparency; refused when they do not fit the kind of pixel.</summary>
    public PngPixels(PngStructure structure)
    {
        _header = structure.Header;
        _samples = new byte[_header.Width * _header.Channels];
        structure.Palette?.Span.CopyTo(_palette);
        _opacities = PngTransparency.OfPalette(structure);
        _clear = PngTransparency.ColorOf(structure);
        HasAlpha = _header.ColorType is PngColorType.GreyAlpha or PngColorType.Rgba || _opacities is not null || _clear is not null;
    }

    /// <summary>Some pixel may be transparent.</summary>
    public bool HasAlpha { get; }

    /// <summary>Converts a row. An index beyond the palette is black, as in other readers.</summary>
    /// <param name="row">Bytes as stored.</param>
    /// <param name="rgb">Receives three bytes for each pixel; its length says how many there are.</param>
    /// <param name="alpha">Receives one byte for each pixel; not touched unless <see cref="HasAlpha"/>.</param>
    public void Store(ReadOnlySpan<byte> row, Span<byte> rgb, Span<byte> alpha)
    {
        var width = rgb.Length / 3;
        var samples = _samples.AsSpan(0, width * _header.Channels);
        PngSamples.Unpack(row, _header.BitDepth, samples);
        if (_clear is not null)
        {
            ClearColor(_header.BitDepth == 16 ? row : samples, _clear, alpha[..width]);
        }

        switch (_header.ColorType)
        {
            case PngColorType.Grey:
                PngSamples.Stretch(samples, _header.BitDepth);
                StoreGrey(samples, 1, rgb);
                break;
            case PngColorType.GreyAlpha:
                StoreGrey(samples, 2, rgb);
                StoreLast(samples, 2, alpha[..width]);
                break;
            case PngColorType.Palette:
                StoreIndexed(samples, rgb, alpha);
                break;
            case PngColorType.Rgba:
                StoreColors(samples, rgb);
                StoreLast(samples, 4, alpha[..width]);
                break;
            default:
                samples.CopyTo(rgb);
                break;
        }
    }

    private static void ClearColor(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> clear, Span<byte> alpha)
    {
        for (var x = 0; x < alpha.Length; x++)
        {
            alpha[x] = pixels.Slice(x * clear.Length, clear.Length).SequenceEqual(clear) ? (byte)0 : (byte)255;
        }
    }

    private static void StoreGrey(ReadOnlySpan<byte> samples, int channels, Span<byte> rgb)
    {
        for (var (from, to) = (0, 0); to < rgb.Length; from += channels, to += 3)
        {
            rgb.Slice(to, 3).Fill(samples[from]);
        }
    }

    private static void StoreColors(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (var (from, to) = (0, 0); to < rgb.Length; from += 4, to += 3)
        {
            rgb[to] = rgba[from];
            rgb[to + 1] = rgba[from + 1];
            rgb[to + 2] = rgba[from + 2];
        }
    }

    private static void StoreLast(ReadOnlySpan<byte> samples, int channels, Span<byte> alpha)
    {
        for (var x = 0; x < alpha.Length; x++)
        {
            alpha[x] = samples[(x * channels) + channels - 1];
        }
    }

    private void StoreIndexed(ReadOnlySpan<byte> indices, Span<byte> rgb, Span<byte> alpha)
    {
        for (var x = 0; x < indices.Length; x++)
        {
            _palette.AsSpan(indices[x] * 3, 3).CopyTo(rgb[(x * 3)..]);
        }

        for (var x = 0; _opacities is not null && x < indices.Length; x++)
        {
            alpha[x] = _opacities[indices[x]];
        }
    }
}
