using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>EXIF data put together by hand, in either order of bytes.</summary>
internal static class ExifParts
{
    /// <summary>EXIF data with an orientation and, unless null, a UserComment.</summary>
    public static byte[] Make(bool bigEndian, int? orientation, byte[]? comment)
    {
        var entries = (orientation is null ? 0 : 1) + (comment is null ? 0 : 1);
        var second = 8 + 2 + (12 * entries) + 4;
        List<byte> data =
        [
            .. bigEndian ? "MM\0*"u8 : "II*\0"u8, .. Number(8, 4, bigEndian),
            .. Number(entries, 2, bigEndian),
        ];
        if (orientation is { } value)
        {
            data.AddRange([.. Entry(0x0112, 3, 1, bigEndian), .. Number(value, 2, bigEndian), 0, 0]);
        }

        if (comment is not null)
        {
            data.AddRange([.. Entry(0x8769, 4, 1, bigEndian), .. Number(second, 4, bigEndian)]);
        }

        data.AddRange([0, 0, 0, 0]);
        if (comment is not null)
        {
            // A value of at most four bytes lies where otherwise its offset does.
            byte[] field = comment.Length > 4 ? Number(second + 18, 4, bigEndian) : [.. comment, .. new byte[4 - comment.Length]];
            data.AddRange([.. Number(1, 2, bigEndian), .. Entry(0x9286, 7, comment.Length, bigEndian), .. field, 0, 0, 0, 0]);
            data.AddRange(comment.Length > 4 ? comment : []);
        }

        return [.. data];
    }

    /// <summary>A JPEG with an APP1 segment directly behind its start.</summary>
    public static byte[] IntoJpeg(byte[] file, byte[] exif) =>
        [0xFF, 0xD8, 0xFF, 0xE1, .. Number(exif.Length + 8, 2, true), .. "Exif\0\0"u8, .. exif, .. file[2..]];

    /// <summary>A WebP with a chunk behind all others.</summary>
    public static byte[] IntoWebp(byte[] file, byte[] exif)
    {
        byte[] result = [.. file, .. "EXIF"u8, .. Number(exif.Length, 4, false), .. exif, .. new byte[exif.Length % 2]];
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), result.Length - 8);
        return result;
    }

    public static byte[] Number(int value, int bytes, bool bigEndian)
    {
        var number = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            number[bigEndian ? bytes - 1 - i : i] = (byte)(value >> (8 * i));
        }

        return number;
    }

    private static byte[] Entry(int tag, int type, int count, bool bigEndian) =>
        [.. Number(tag, 2, bigEndian), .. Number(type, 2, bigEndian), .. Number(count, 4, bigEndian)];
}
