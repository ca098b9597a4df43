namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>Reads orientation and infotext. Damaged EXIF data say nothing; they do not make the picture unreadable.</summary>
internal static class ExifReader
{
    /// <summary>In front of the data in a JPEG, and by mistake in some WebPs.</summary>
    public static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    public static ExifData Read(ReadOnlySpan<byte> data, PictureLimits limits)
    {
        var first = TiffDirectory.First(data.StartsWith(Prefix) ? data[Prefix.Length..] : data);
        var orientation = first.Number(ExifTag.Orientation) is >= 1 and <= Orientation.Count and var value
            ? new Orientation(value)
            : Orientation.Upright;
        var found = first.Sub(ExifTag.ExifDirectory).TryBytes(ExifTag.UserComment, out var comment);
        return found switch
        {
            null => new ExifData(orientation, null, null),
            false => new ExifData(orientation, null, "The picture's infotext is damaged: its EXIF UserComment lies outside of the EXIF data."),
            true when comment.Length > limits.MaxTextBytes => new ExifData(
                orientation, null, $"The picture's infotext has {comment.Length} bytes; at most {limits.MaxTextBytes} are read."),
            true => new ExifData(orientation, UserComment.Read(comment, first.BigEndian), null),
        };
    }
}
