using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RegionWebUI.Fuzz.Mutations;

/// <summary>Changes of a weights file that mostly leave the length of its header right, and new files whose tensors lie side by side.</summary>
internal static class SafetensorsMutation
{
    private const int LengthBytes = 8;

    private static readonly string[] _types =
        ["BOOL", "U8", "I8", "I16", "U16", "I32", "U32", "I64", "U64", "F16", "BF16", "F32", "F64", "C64", "F8_E4M3", "F8_E5M2", "F6_E2M3", "F4"];

    private static readonly int[] _bits = [8, 8, 8, 16, 16, 32, 32, 64, 64, 16, 16, 32, 64, 64, 8, 8, 6, 4];

    /// <summary>Pieces with a meaning in a header.</summary>
    public static IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. Words.Of(
            "{", "}", "[", "]", ":", ",", "\"", "\\", " ", "\\u0061", "\\ud800", "\\u2028", "\u2028", "\u0085", "\u202E", "😀", "é", "\"a\":",
            "\"__metadata__\":{\"k\":\"v\"},", "\"__metadata__\":{},", "\"dtype\":\"F32\"", "\"shape\":[1]", "\"data_offsets\":[0,4]",
            "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]", "\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},",
            "null", "true", "1", "0", "-0", "1.0", "1e0", "9223372036854775807", "18446744073709551615", "4294967296", "2147483648",
            "[[", "{\"", "\n", "/**/", "\0", "\uFEFF"),
        .. Words.Of(_types),
        [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80],
    ];

    /// <summary>Changes the header, the length or the data, or makes a new file.</summary>
    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        if (random.Next(8) == 0)
        {
            return New(random);
        }

        var (header, data) = Parts(input);
        var (otherHeader, _) = Parts(other);
        switch (random.Next(10))
        {
            case 0:
                return ByteMutation.Change(input, other, Tokens, random);
            case 1:
                return File(header, random.Next(2) == 0 ? data[..random.Next(data.Length + 1)] : [.. data, .. new byte[random.Next(1, 20)]]);
            case 2:
                return File([.. header, .. new byte[random.Next(100)].Select(_ => (byte)' ')], data);
            case 3:
                return File(Doubled(header, random), data);
            case 4:
                return File(Doubled(Doubled(header, random), random), data);
            default:
                return File(ByteMutation.Change(header, otherHeader, Tokens, random), data);
        }
    }

    // From one quotation mark or brace to another: mostly a whole key or entry.
    private static byte[] Doubled(byte[] header, Random random)
    {
        var marks = Enumerable.Range(0, header.Length).Where(i => header[i] is (byte)'"' or (byte)'{' or (byte)'}' or (byte)',').ToList();
        if (marks.Count < 3)
        {
            return header;
        }

        var first = random.Next(marks.Count - 1);
        var (start, end) = (marks[first], marks[Math.Min(marks.Count - 1, first + random.Next(1, 12))]);
        return random.Next(2) == 0 ? [.. header[..end], .. header[start..]] : [.. header[..start], .. header[end..]];
    }

    private static byte[] New(Random random)
    {
        var entries = new List<string>();
        var end = 0;
        for (var count = random.Next(12); count > 0; count--)
        {
            var type = random.Next(_types.Length);
            var shape = Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(9) == 0 ? 0 : random.Next(1, 5)).ToArray();
            var bits = shape.Aggregate(_bits[type], (product, side) => product * side);
            var begin = end;
            end += (bits + 7) / 8;
            var name = random.Next(8) == 0 ? "same" : $"model.{random.Next(100).ToString(CultureInfo.InvariantCulture)}.weight";
            entries.Add($"\"{name}\":{{\"dtype\":\"{_types[type]}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{begin},{end}]}}");
        }

        var shuffled = entries.OrderBy(_ => random.Next()).ToList();
        if (random.Next(3) == 0)
        {
            shuffled.Add("\"__metadata__\":{\"format\":\"pt\"}");
        }

        var data = new byte[end];
        random.NextBytes(data);
        return File(Encoding.UTF8.GetBytes("{" + string.Join(',', shuffled) + "}"), data);
    }

    private static (byte[] Header, byte[] Data) Parts(byte[] file)
    {
        if (file.Length < LengthBytes)
        {
            return ([], file);
        }

        var end = LengthBytes + (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(file), (ulong)(file.Length - LengthBytes));
        return (file[LengthBytes..end], file[end..]);
    }

    private static byte[] File(byte[] header, byte[] data)
    {
        var file = new byte[LengthBytes + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, LengthBytes);
        data.CopyTo(file, LengthBytes + header.Length);
        return file;
    }
}
