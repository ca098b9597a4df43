using System.Text;

namespace RegionWebUI.Fuzz;

/// <summary>
/// Texts of .NET as bytes and back. A browser may send halves of surrogate pairs: they are written as UTF-8 would write them if it could
/// (WTF-8, https://simonsapin.github.io/wtf-8/). Other bytes that are no UTF-8 are read as U+FFFD.
/// </summary>
internal static class FuzzText
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                bytes = bytes[3..];
                continue;
            }

            Rune.DecodeFromUtf8(bytes, out var rune, out var used);
            text.Append(units[..rune.EncodeToUtf16(units)]);
            bytes = bytes[used..];
        }

        return text.ToString();
    }
}
