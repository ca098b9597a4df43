using RegionWebUI.Imaging.Codecs.Exif;
using RegionWebUI.Imaging.Codecs.Jpeg;
using RegionWebUI.Imaging.Codecs.Skia;
using RegionWebUI.Imaging.Codecs.Webp;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// PNG, JPEG and WebP files with an infotext, recognised by content, never by name. The infotext lies where A1111 keeps it: in a text chunk
/// of a PNG, in the EXIF UserComment of a JPEG or WebP. Read are files of at most 64 MiB, 16384 pixels a side and 64 Mi pixels, and infotexts
/// of at most 1 MiB; all of this is checked by walkers of our own before a decoder sees the file or memory for its size is taken.
/// </summary>
public static class PictureFile
{
    /// <summary>Reads pixels and infotext.</summary>
    /// <param name="file">The whole file. PNG and JPEG of any usual kind; WebP of one frame.</param>
    /// <param name="cancellation">Looked at every few rows; a WebP's decoding is not interrupted.</param>
    /// <returns>The picture upright: a JPEG's or WebP's EXIF orientation is applied.</returns>
    /// <exception cref="ImageFormatException">The file is of another kind, is damaged or cut off, or is beyond the limits.</exception>
    public static DecodedPicture Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation = default) =>
        Decode(file, PictureLimits.Default, cancellation);

    /// <summary>Reads kind, size and infotext without decoding pixels; the infotext is found wherever it lies in the file.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>What the file says of itself.</returns>
    /// <exception cref="ImageFormatException">The file is of another kind, is damaged or cut off, or is beyond the limits.</exception>
    public static PictureInfo ReadInfo(ReadOnlyMemory<byte> file) => ReadInfo(file, PictureLimits.Default);

    /// <summary>Writes a picture with its infotext in the container of the format.</summary>
    /// <param name="image">At most 16384 pixels a side (WebP: 16383) and 64 Mi pixels.</param>
    /// <param name="encoding">Format and quality.</param>
    /// <param name="infotext">
    /// Kept as it is, but that a lone surrogate becomes U+FFFD; null writes none. At most 1 MiB, in a JPEG 32737 UTF-16 units.
    /// </param>
    /// <param name="cancellation">Looked at before encoding, and by PNG once a row.</param>
    /// <returns>The whole file; the same picture, encoding and text give the same bytes on the same machine.</returns>
    /// <exception cref="ArgumentException">The picture or the text is too large for the format.</exception>
    public static byte[] Encode(Image image, PictureEncoding encoding, string? infotext, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(encoding);
        if (encoding.Format == PictureFormat.Png)
        {
            return PngFile.Encode(image, infotext, cancellation);
        }

        if (PictureLimits.Default.ProblemOf(image.Width, image.Height) is { } problem)
        {
            throw new ArgumentException(problem, nameof(image));
        }

        var exif = infotext is null ? null : ExifWriter.Write(infotext, encoding.Format, PictureLimits.Default);
        cancellation.ThrowIfCancellationRequested();
        return encoding.Format == PictureFormat.Jpeg
            ? JpegExif.Insert(SkiaEncoder.EncodeJpeg(image, encoding.Quality!.Value), exif)
            : WebpExif.Insert(SkiaEncoder.EncodeWebp(image, encoding.Quality), exif, image.Width, image.Height);
    }

    /// <summary>Whether a file of some format can keep an infotext.</summary>
    /// <param name="infotext">The text.</param>
    /// <param name="format">The kind of file.</param>
    /// <returns>One sentence that says how long it is and may be; null when it can be kept.</returns>
    public static string? ProblemOf(string infotext, PictureFormat format)
    {
        ArgumentNullException.ThrowIfNull(infotext);
        return format == PictureFormat.Png
            ? PngText.ProblemOf(infotext, PictureLimits.Default)
            : ExifWriter.ProblemOf(infotext, format, PictureLimits.Default);
    }

    internal static DecodedPicture Decode(ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellation)
    {
        switch (PictureSignature.FormatOf(file.Span))
        {
            case PictureFormat.Png:
                var png = PngDecoder.Decode(file, limits, cancellation);
                return new DecodedPicture(PictureFormat.Png, png.Image, png.Alpha, png.Infotext, png.TextProblem);
            case PictureFormat.Jpeg:
                var jpeg = JpegStructure.Read(file, limits);
                return SkiaDecoder.Decode(jpeg.ToSource(), cancellation);
            default:
                var webp = WebpStructure.Read(file, limits);
                return SkiaDecoder.Decode(webp.ToSource(), cancellation);
        }
    }

    internal static PictureInfo ReadInfo(ReadOnlyMemory<byte> file, PictureLimits limits)
    {
        switch (PictureSignature.FormatOf(file.Span))
        {
            case PictureFormat.Png:
                var png = PngStructure.ReadWhole(file, limits);
                return new PictureInfo(PictureFormat.Png, png.Header.Width, png.Header.Height, png.Text?.Value, png.Text?.Problem);
            case PictureFormat.Jpeg:
                return JpegStructure.Read(file, limits).ToSource().ToInfo();
            default:
                return WebpStructure.Read(file, limits).ToSource().ToInfo();
        }
    }
}
