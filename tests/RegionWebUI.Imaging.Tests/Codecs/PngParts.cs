using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>PNGs put together by hand, right or wrong, with a checksum computed bit by bit.</summary>
internal static class PngParts
{
    public static byte[] Signature => [137, 80, 78, 71, 13, 10, 26, 10];

    /// <summary>A zlib stream that can only be inflated with a dictionary agreed on beforehand (RFC 1950, 2.2).</summary>
    public static byte[] AsksForDictionary => [0x78, 0x20, 0, 0, 0, 1, 0x63, 0x60];

    public static byte[] End => Chunk("IEND");

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    public static byte[] Chunk(string type, params byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.Latin1.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    public static byte[] Header(uint width, uint height, byte depth = 8, byte color = 2, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, color, interlace);
        return Chunk("IHDR", data);
    }

    public static byte[] Data(params byte[] filteredRows) => Chunk("IDAT", Deflate(filteredRows));

    public static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using var result = new MemoryStream();
        using (var stream = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return result.ToArray();
    }

    /// <summary>A whole file of 1 x 1 RGB with further chunks behind IHDR.</summary>
    public static byte[] OnePixel(params byte[][] chunks) => Join([Signature, Header(1, 1), .. chunks, Data(0, 10, 20, 30), End]);

    /// <summary>Corrects the checksum of every chunk whose declared length lies within the file.</summary>
    public static void RepairChecksums(Span<byte> file)
    {
        for (var at = 8L; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (at + 12 + length > file.Length)
            {
                return;
            }

            var body = file.Slice((int)at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(file[((int)at + 8 + (int)length)..], Crc(body));
            at += 12 + length;
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
