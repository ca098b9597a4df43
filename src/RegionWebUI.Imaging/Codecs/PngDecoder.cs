namespace RegionWebUI.Imaging.Codecs;

/// <summary>Turns the rows of a PNG into a picture.</summary>
internal static class PngDecoder
{
    public static DecodedPng Decode(ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellation)
    {
        var structure = PngStructure.ReadWhole(file, limits);
        var header = structure.Header;
        var passes = PngPass.Of(header);
        var pixels = new PngPixels(structure);
        using var scanlines = new PngScanlines(file, structure, passes);
        var rgb = new byte[header.Width * header.Height * 3];
        var alpha = pixels.HasAlpha ? new byte[header.Width * header.Height] : [];
        foreach (var pass in passes)
        {
            scanlines.Begin(pass);
            if (header.Interlaced)
            {
                ReadInterlaced(scanlines, pixels, pass, header.Width, rgb, alpha, cancellation);
            }
            else
            {
                ReadPlain(scanlines, pixels, pass, rgb, alpha, cancellation);
            }
        }

        scanlines.Finish();
        var opacity = pixels.HasAlpha ? alpha : default(ReadOnlyMemory<byte>?);
        return new DecodedPng(new Image(header.Width, header.Height, rgb), opacity, structure.Text?.Value, structure.Text?.Problem);
    }

    private static void ReadPlain(
        PngScanlines scanlines, PngPixels pixels, PngPass pass, byte[] rgb, byte[] alpha, CancellationToken cancellation)
    {
        for (var y = 0; y < pass.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            pixels.Store(scanlines.Next(), RowOf(rgb, y, pass.Width * 3), RowOf(alpha, y, pass.Width));
        }
    }

    private static void ReadInterlaced(
        PngScanlines scanlines, PngPixels pixels, PngPass pass, int width, byte[] rgb, byte[] alpha, CancellationToken cancellation)
    {
        var (colors, opacities) = (new byte[pass.Width * 3], new byte[pixels.HasAlpha ? pass.Width : 0]);
        for (var i = 0; i < pass.Height; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            pixels.Store(scanlines.Next(), colors, opacities);
            var y = pass.Y + (i * pass.StepY);
            Adam7.Spread(colors, pass, 3, RowOf(rgb, y, width * 3));
            if (pixels.HasAlpha)
            {
                Adam7.Spread(opacities, pass, 1, RowOf(alpha, y, width));
            }
        }
    }

    /// <summary>A row of a plane; of an absent plane nothing.</summary>
    private static Span<byte> RowOf(byte[] plane, int y, int length) => plane.Length == 0 ? [] : plane.AsSpan(y * length, length);
}
