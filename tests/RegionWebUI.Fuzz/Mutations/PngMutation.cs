using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RegionWebUI.Fuzz.Mutations;

/// <summary>Changes of a PNG's chunks that leave lengths and checksums right, so that what lies behind those is reached.</summary>
internal static class PngMutation
{
    private const int SignatureLength = 8;
    private const int MostInflated = 1 << 17;

    /// <summary>Changes one or two chunks, their order or their number.</summary>
    public static byte[] Change(byte[] input, byte[] other, IReadOnlyList<byte[]> tokens, Random random)
    {
        var chunks = Parts(input);
        if (chunks.Count == 0)
        {
            return ByteMutation.Change(input, other, tokens, random);
        }

        for (var changes = random.Next(1, 3); changes > 0 && chunks.Count > 0; changes--)
        {
            ChangeOne(chunks, Parts(other), tokens, random);
        }

        return Joined(input, chunks);
    }

    private static void ChangeOne(List<Chunk> chunks, List<Chunk> others, IReadOnlyList<byte[]> tokens, Random random)
    {
        var at = random.Next(chunks.Count);
        var chunk = chunks[at];
        switch (random.Next(9))
        {
            case 0:
                chunks.RemoveAt(at);
                break;
            case 1:
                chunks.Insert(random.Next(chunks.Count + 1), chunk);
                break;
            case 2:
                var place = random.Next(chunks.Count);
                (chunks[at], chunks[place]) = (chunks[place], chunk);
                break;
            case 3 when others.Count > 0:
                chunks.Insert(at, others[random.Next(others.Count)]);
                break;
            case 4:
                chunks[at] = chunk with { Type = Renamed(chunk.Type, random) };
                break;
            case 5 or 6 when Inflated(chunk.Data) is { } rows:
                chunks[at] = chunk with { Data = Deflated(ByteMutation.Change(rows, [], [], random)) };
                break;
            case 7:
                var cut = random.Next(chunk.Data.Length + 1);
                chunks[at] = chunk with { Data = chunk.Data[..cut] };
                chunks.Insert(at + 1, chunk with { Data = chunk.Data[cut..] });
                break;
            default:
                chunks[at] = chunk with { Data = ByteMutation.Change(chunk.Data, [], tokens, random) };
                break;
        }
    }

    private static string Renamed(string type, Random random)
    {
        string[] known = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "tEXt", "zTXt", "iTXt", "eXIf", "acTL", "fdAT", "abCd", "ABCD"];
        return random.Next(4) == 0 ? type.ToLowerInvariant() : known[random.Next(known.Length)];
    }

    private static List<Chunk> Parts(ReadOnlySpan<byte> file)
    {
        var chunks = new List<Chunk>();
        for (var at = SignatureLength; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                break;
            }

            var data = file.Slice(at + 8, (int)length);
            chunks.Add(new Chunk(Encoding.Latin1.GetString(file.Slice(at + 4, 4)), data.ToArray()));
            at += 12 + data.Length;
        }

        return chunks;
    }

    private static byte[] Joined(byte[] input, List<Chunk> chunks)
    {
        var file = new List<byte>(input[..SignatureLength]);
        var number = new byte[4];
        foreach (var chunk in chunks)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, chunk.Data.Length);
            file.AddRange(number);
            byte[] body = [.. Encoding.Latin1.GetBytes(chunk.Type), .. chunk.Data];
            file.AddRange(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
            file.AddRange(number);
        }

        return [.. file];
    }

    private static byte[]? Inflated(byte[] data)
    {
        var rows = new byte[MostInflated];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            var length = stream.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
            return rows[..length];
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // No zlib stream: its bytes are changed as they are.
            return null;
        }
    }

    private static byte[] Deflated(byte[] rows)
    {
        using var result = new MemoryStream();
        using (var stream = new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(rows);
        }

        return result.ToArray();
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

    private sealed record Chunk(string Type, byte[] Data);
}
