using System.Buffers.Binary;
using System.Text;

namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>
/// Writes EXIF data that hold an infotext and nothing else, as piexif does for A1111: big-endian, UserComment of type UNDEFINED in UTF-16BE.
/// </summary>
internal static class ExifWriter
{
    /// <summary>A JPEG segment's length counts itself and is 16 bits wide.</summary>
    private const int MaxJpegBytes = ushort.MaxValue - sizeof(ushort);

    private const int HeaderBytes = 8;
    private const int DirectoryBytes = 2 + 12 + 4;
    private const int TextAt = HeaderBytes + (2 * DirectoryBytes);

    /// <summary>The data without the prefix "Exif\0\0"; refused when the text is too long for the file's format.</summary>
    public static byte[] Write(string text, PictureFormat format, PictureLimits limits)
    {
        if (ProblemOf(text, format, limits) is { } problem)
        {
            throw new ArgumentException(problem, nameof(text));
        }

        var code = UserComment.UnicodeCode;
        var length = LengthOf(text);
        var data = new byte[TextAt + length];
        "MM\0*"u8.CopyTo(data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), HeaderBytes);
        var second = HeaderBytes + DirectoryBytes;
        WriteDirectory(data.AsSpan(HeaderBytes), ExifTag.ExifDirectory, TiffType.Long, 1, second);
        WriteDirectory(data.AsSpan(second), ExifTag.UserComment, TiffType.Undefined, length, TextAt);
        code.CopyTo(data.AsSpan(TextAt));
        Encoding.BigEndianUnicode.GetBytes(text, data.AsSpan(TextAt + code.Length));
        return data;
    }

    /// <summary>One sentence when a text is too long for the file's format; otherwise null.</summary>
    public static string? ProblemOf(string text, PictureFormat format, PictureLimits limits)
    {
        var length = LengthOf(text);
        if (length > limits.MaxTextBytes)
        {
            return $"The infotext has {length} bytes as EXIF data; at most {limits.MaxTextBytes} can be kept in a picture.";
        }

        var mostUnits = (MaxJpegBytes - ExifReader.Prefix.Length - TextAt - UserComment.UnicodeCode.Length) / sizeof(char);
        return format == PictureFormat.Jpeg && text.Length > mostUnits
            ? $"The infotext has {text.Length} characters; a JPEG can keep {mostUnits}, a PNG or a WebP more."
            : null;
    }

    private static int LengthOf(string text) => UserComment.UnicodeCode.Length + Encoding.BigEndianUnicode.GetByteCount(text);

    /// <summary>A directory of one entry, with none behind it.</summary>
    private static void WriteDirectory(Span<byte> data, ushort tag, TiffType type, int count, int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data, 1);
        BinaryPrimitives.WriteUInt16BigEndian(data[2..], tag);
        BinaryPrimitives.WriteUInt16BigEndian(data[4..], (ushort)type);
        BinaryPrimitives.WriteInt32BigEndian(data[6..], count);
        BinaryPrimitives.WriteInt32BigEndian(data[10..], value);
    }
}
