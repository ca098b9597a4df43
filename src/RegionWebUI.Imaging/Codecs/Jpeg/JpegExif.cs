using System.Buffers.Binary;
using RegionWebUI.Imaging.Codecs.Exif;

namespace RegionWebUI.Imaging.Codecs.Jpeg;

/// <summary>Puts EXIF data into a JPEG.</summary>
internal static class JpegExif
{
    /// <summary>The file with an APP1 segment behind its JFIF head, where Pillow has it too.</summary>
    /// <param name="file">As an encoder wrote it, without EXIF data.</param>
    /// <param name="exif">EXIF data without prefix; null leaves the file as it is.</param>
    public static byte[] Insert(byte[] file, byte[]? exif)
    {
        if (exif is null)
        {
            return file;
        }

        var segments = new JpegSegments(file);
        var at = segments.Position;
        if (segments.ReadMarker() == JpegMarker.App0)
        {
            segments.ReadSegment(JpegMarker.App0);
            at = segments.Position;
        }

        Span<byte> head = [0xFF, JpegMarker.App1, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(sizeof(ushort) + ExifReader.Prefix.Length + exif.Length));
        return [.. file.AsSpan(0, at), .. head, .. ExifReader.Prefix, .. exif, .. file.AsSpan(at)];
    }
}
