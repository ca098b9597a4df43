using System.Buffers.Binary;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.TestKit;

/// <summary>Picture files of every kind, and such as cameras and strangers make them.</summary>
public static class PictureFiles
{
    /// <summary>A file in the format of a name's ending; WebP without loss, so that its pixels are the picture's.</summary>
    public static byte[] Of(string name, Image picture, string? infotext = null) => PictureFile.Encode(picture, EncodingOf(name), infotext);

    /// <summary>A JPEG that says how the camera was held (EXIF 2.32, 4.6.4 A, Orientation).</summary>
    /// <param name="jpeg">A JPEG without EXIF data.</param>
    /// <param name="orientation">1 to 8.</param>
    public static byte[] Turned(byte[] jpeg, byte orientation)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        ReadOnlySpan<byte> exif =
            [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }

    /// <summary>A file of less than a MiB that declares many pixels.</summary>
    /// <param name="name">Gives the format, by its ending.</param>
    /// <param name="width">What it declares.</param>
    /// <param name="height">What it declares.</param>
    public static byte[] Declaring(string name, ushort width, ushort height)
    {
        if (Path.GetExtension(name) == ".png")
        {
            return BlackPng.Of(width, height);
        }

        var isJpeg = Path.GetExtension(name) != ".webp";
        var file = PictureFile.Encode(new Image(8, 8, new byte[8 * 8 * 3]), isJpeg ? PictureEncoding.Jpeg() : PictureEncoding.Webp(), null);
        if (isJpeg)
        {
            // T.81, B.2.2: marker, length, precision, height, width.
            var frame = file.AsSpan(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5);
            BinaryPrimitives.WriteUInt16BigEndian(frame, height);
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], width);
            // Each block takes two bits at least.
            return [.. file.AsSpan(0, file.Length - 2), .. new byte[width * height / (8 * 8)], .. file.AsSpan(file.Length - 2)];
        }

        // RFC 6386, 9.1: start code, width, height.
        var sides = file.AsSpan(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) + 3);
        BinaryPrimitives.WriteUInt16LittleEndian(sides, width);
        BinaryPrimitives.WriteUInt16LittleEndian(sides[2..], height);
        return file;
    }

    private static PictureEncoding EncodingOf(string name) => Path.GetExtension(name) switch
    {
        ".png" => PictureEncoding.Png,
        ".jpg" or ".jpeg" => PictureEncoding.Jpeg(95),
        ".webp" => PictureEncoding.WebpLossless,
        var other => throw new ArgumentException($"No picture ends in '{other}'.", nameof(name)),
    };
}
