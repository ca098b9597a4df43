using System.Text;

namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>
/// The text of a UserComment: eight bytes that name its encoding, then the text (EXIF 2.32, 4.6.5). A1111 writes UNICODE and UTF-16BE, whatever
/// the order of bytes in the EXIF data; other programs use the order of the data.
/// </summary>
internal static class UserComment
{
    private const int CodeBytes = 8;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The name of UTF-16.</summary>
    public static ReadOnlySpan<byte> UnicodeCode => "UNICODE\0"u8;

    /// <summary>The text; null when it is empty or blank, as cameras leave it.</summary>
    /// <param name="comment">The entry's bytes.</param>
    /// <param name="bigEndian">Order of bytes in the EXIF data around it.</param>
    public static string? Read(ReadOnlySpan<byte> comment, bool bigEndian)
    {
        var text = Decode(comment, bigEndian);
        return text.AsSpan().ContainsAnyExcept(' ', '\0') ? text : null;
    }

    private static string Decode(ReadOnlySpan<byte> comment, bool bigEndian)
    {
        var code = comment[..Math.Min(CodeBytes, comment.Length)];
        var body = comment[code.Length..];
        if (code.SequenceEqual(UnicodeCode))
        {
            return DecodeUtf16(body, bigEndian);
        }

        if (code.SequenceEqual("JIS\0\0\0\0\0"u8))
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!.GetString(body);
        }

        // A text without a known code is all text, as A1111 reads it.
        return DecodeBytes(code.SequenceEqual("ASCII\0\0\0"u8) || !code.ContainsAnyExcept((byte)0) ? body : comment);
    }

    private static string DecodeBytes(ReadOnlySpan<byte> body)
    {
        var text = body.TrimEnd((byte)0);
        try
        {
            return _strictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(text);
        }
    }

    private static string DecodeUtf16(ReadOnlySpan<byte> body, bool bigEndian)
    {
        var units = body[..(body.Length & ~1)];
        if (bigEndian)
        {
            return Encoding.BigEndianUnicode.GetString(units);
        }

        if (units.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(units[2..]);
        }

        // Prompts and keys are mostly ASCII, whose high bytes are zero: they tell the order, and where they do not, the data's own holds.
        var (zerosFirst, zerosSecond) = (0, 0);
        for (var i = 0; i < units.Length; i += 2)
        {
            zerosFirst += units[i] == 0 ? 1 : 0;
            zerosSecond += units[i + 1] == 0 ? 1 : 0;
        }

        return (zerosFirst > zerosSecond ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(units);
    }
}
