using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs.Webp;

/// <summary>Puts EXIF data into a WebP.</summary>
internal static class WebpExif
{
    /// <summary>The file in its extended form: VP8X, the picture, the EXIF chunk (RFC 9649, 2.7).</summary>
    /// <param name="file">As an encoder wrote it: one image chunk, no VP8X.</param>
    /// <param name="exif">EXIF data without prefix; null leaves the file as it is.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    public static byte[] Insert(byte[] file, byte[]? exif, int width, int height)
    {
        if (exif is null)
        {
            return file;
        }

        var picture = file.AsSpan(WebpStructure.FileHeadBytes);
        using var result = new MemoryStream(file.Length + exif.Length + 64);
        result.Write(file.AsSpan(0, WebpStructure.FileHeadBytes));
        Span<byte> canvas = stackalloc byte[WebpHeader.ExtendedBytes];
        WebpHeader.WriteExtended(canvas, WebpHeader.ExifFlag, width, height);
        WriteChunk(result, WebpChunkType.Extended, canvas);
        result.Write(picture);
        WriteChunk(result, WebpChunkType.Exif, exif);
        var bytes = result.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - WebpStructure.ChunkHeadBytes);
        return bytes;
    }

    private static void WriteChunk(MemoryStream file, WebpChunkType type, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[WebpStructure.ChunkHeadBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(head, type.Code);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], data.Length);
        file.Write(head);
        file.Write(data);
        if (data.Length % 2 != 0)
        {
            file.WriteByte(0);
        }
    }
}
