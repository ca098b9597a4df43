using SkiaSharp;

namespace RegionWebUI.Imaging.Codecs.Skia;

/// <summary>Decodes JPEG and WebP files that a walker judged. Anything but a whole picture is refused.</summary>
internal static class SkiaDecoder
{
    /// <summary>Rows of a JPEG that are decoded at a time: the picture is never in memory twice.</summary>
    private const int StripRows = 64;

    public static DecodedPicture Decode(EncodedPicture source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var pinned = source.File.Pin();
        using var data = CreateData(pinned, source.File.Length);
        using var stream = new SKMemoryStream(data);
        using var codec = SKCodec.Create(stream, out var opened);
        if (codec is null)
        {
            throw Refusal(source, opened);
        }

        if (codec.Info.Width != source.Width || codec.Info.Height != source.Height)
        {
            throw new ImageFormatException(
                $"The {source.FormatName} declares {source.Width} x {source.Height} pixels and holds {codec.Info.Width} x {codec.Info.Height}.");
        }

        // With no colour space asked for, Skia leaves the values as stored.
        var hasAlpha = codec.Info.AlphaType != SKAlphaType.Opaque;
        var info = new SKImageInfo(source.Width, source.Height, SKColorType.Rgba8888, hasAlpha ? SKAlphaType.Unpremul : SKAlphaType.Opaque);
        var rows = source.Format == PictureFormat.Jpeg
            ? DecodeStrips(codec, info, source, cancellation)
            : DecodeWhole(codec, info, source, cancellation);
        return new DecodedPicture(source.Format, rows.Image, rows.Alpha, source.Exif.Text, source.Exif.TextProblem);
    }

    private static unsafe SKData CreateData(System.Buffers.MemoryHandle pinned, int length) => SKData.Create((nint)pinned.Pointer, length);

    private static UprightRows DecodeStrips(SKCodec codec, SKImageInfo info, EncodedPicture source, CancellationToken cancellation)
    {
        var started = codec.StartScanlineDecode(info);
        if (started != SKCodecResult.Success)
        {
            throw Refusal(source, started);
        }

        var rows = new UprightRows(info.Width, info.Height, hasAlpha: false, source.Exif.Orientation);
        using var strip = new NativeBuffer(info.RowBytes * Math.Min(StripRows, info.Height));
        for (var y = 0; y < info.Height; y += StripRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var wanted = Math.Min(StripRows, info.Height - y);
            if (codec.GetScanlines(strip.Address, wanted, info.RowBytes) != wanted)
            {
                throw Refusal(source, SKCodecResult.IncompleteInput);
            }

            rows.Store(strip.Span[..(wanted * info.RowBytes)], y);
        }

        return rows;
    }

    private static UprightRows DecodeWhole(SKCodec codec, SKImageInfo info, EncodedPicture source, CancellationToken cancellation)
    {
        using var pixels = new NativeBuffer(info.RowBytes * info.Height);
        var decoded = codec.GetPixels(info, pixels.Address);
        if (decoded != SKCodecResult.Success)
        {
            throw Refusal(source, decoded);
        }

        cancellation.ThrowIfCancellationRequested();
        var rows = new UprightRows(info.Width, info.Height, info.AlphaType != SKAlphaType.Opaque, source.Exif.Orientation);
        rows.Store(pixels.Span, 0);
        return rows;
    }

    private static ImageFormatException Refusal(EncodedPicture source, SKCodecResult result) => new(result == SKCodecResult.IncompleteInput
        ? $"The {source.FormatName} is damaged: its pixels end before the picture is whole."
        : $"The {source.FormatName} is damaged: its pixels cannot be decoded ({result}).");
}
