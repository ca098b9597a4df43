using RegionWebUI.Imaging.Codecs.Exif;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>A file that a walker judged and a decoder may see.</summary>
/// <param name="Format">JPEG or WebP.</param>
/// <param name="File">The picture's bytes, without anything behind its end.</param>
/// <param name="Width">Pixels per row as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Exif">Orientation and infotext.</param>
internal sealed record EncodedPicture(PictureFormat Format, ReadOnlyMemory<byte> File, int Width, int Height, ExifData Exif)
{
    /// <summary>The format as people write it.</summary>
    public string FormatName => Format == PictureFormat.Jpeg ? "JPEG" : "WebP";

    public PictureInfo ToInfo()
    {
        var (width, height) = Exif.Orientation.Turn(Width, Height);
        return new PictureInfo(Format, width, height, Exif.Text, Exif.TextProblem);
    }
}
