using System.IO.Compression;
using System.Text;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// The infotext of a PNG, or why it could not be read. A damaged or oversized text does not make the picture unreadable.
/// </summary>
/// <param name="Value">The text; null when there is a problem.</param>
/// <param name="Problem">One sentence; null when the text was read.</param>
internal sealed record PngText(string? Value, string? Problem)
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Keyword => "parameters"u8;

    /// <summary>Reads a tEXt, zTXt or iTXt chunk (PNG specification, 11.3.3); null when it is none or has another keyword.</summary>
    public static PngText? Read(PngChunkType type, ReadOnlyMemory<byte> data, PictureLimits limits)
    {
        var isText = type == PngChunkType.Text || type == PngChunkType.CompressedText || type == PngChunkType.InternationalText;
        var keyword = Keyword;
        if (!isText || data.Length <= keyword.Length || !data.Span.StartsWith(keyword) || data.Span[keyword.Length] != 0)
        {
            return null;
        }

        var body = data[(keyword.Length + 1)..];
        try
        {
            if (type == PngChunkType.InternationalText)
            {
                return new PngText(_strictUtf8.GetString(International(body, limits).Span), null);
            }

            var bytes = type == PngChunkType.Text ? Bounded(body, limits)
                : body.IsEmpty ? throw Damaged()
                : Inflate(body.Span[0], body[1..], limits);
            return new PngText(Encoding.Latin1.GetString(bytes.Span), null);
        }
        catch (ImageFormatException refused)
        {
            return new PngText(null, refused.Message);
        }
        catch (DecoderFallbackException)
        {
            return new PngText(null, "The picture's infotext is damaged: it is not valid UTF-8.");
        }
    }

    /// <summary>The chunk that holds a text: Latin-1 when every character fits, otherwise UTF-8 (a lone surrogate becomes U+FFFD).</summary>
    public static (PngChunkType Type, byte[] Data) Make(string text, PictureLimits limits)
    {
        if (ProblemOf(text, limits) is { } problem)
        {
            throw new ArgumentException(problem, nameof(text));
        }

        var fits = IsLatin1(text);
        var bytes = fits ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);

        // iTXt: not compressed, method 0, no language, no translated keyword.
        ReadOnlySpan<byte> start = fits ? [.. Keyword, 0] : [.. Keyword, 0, 0, 0, 0, 0];
        return (fits ? PngChunkType.Text : PngChunkType.InternationalText, [.. start, .. bytes]);
    }

    /// <summary>One sentence when a text is too long to be kept; otherwise null.</summary>
    public static string? ProblemOf(string text, PictureLimits limits)
    {
        var bytes = IsLatin1(text) ? text.Length : Encoding.UTF8.GetByteCount(text);
        return bytes > limits.MaxTextBytes ? $"The infotext has {bytes} bytes; at most {limits.MaxTextBytes} can be kept in a PNG." : null;
    }

    private static bool IsLatin1(string text) => !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF');

    private static ReadOnlyMemory<byte> International(ReadOnlyMemory<byte> body, PictureLimits limits)
    {
        if (body.Length < 2 || body.Span[0] > 1)
        {
            throw Damaged();
        }

        var (compressed, method) = (body.Span[0] == 1, body.Span[1]);
        var rest = AfterZero(AfterZero(body[2..]));
        return compressed ? Inflate(method, rest, limits) : Bounded(rest, limits);
    }

    private static ReadOnlyMemory<byte> AfterZero(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.IndexOf((byte)0) is >= 0 and var end ? bytes[(end + 1)..] : throw Damaged();

    private static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> bytes, PictureLimits limits) =>
        bytes.Length <= limits.MaxTextBytes ? bytes : throw TooLong(limits);

    private static ReadOnlyMemory<byte> Inflate(byte method, ReadOnlyMemory<byte> compressed, PictureLimits limits)
    {
        if (method != 0)
        {
            throw new ImageFormatException($"The picture's infotext is compressed by method {method}; only 0 exists.");
        }

        using var stream = new ZLibStream(new SliceStream([compressed]), CompressionMode.Decompress);
        var bytes = new byte[Math.Min(4096, limits.MaxTextBytes + 1)];
        var length = 0;
        try
        {
            for (var got = stream.Read(bytes); got > 0; got = stream.Read(bytes.AsSpan(length)))
            {
                length += got;
                if (length > limits.MaxTextBytes)
                {
                    throw TooLong(limits);
                }

                if (length == bytes.Length)
                {
                    Array.Resize(ref bytes, Math.Min(bytes.Length * 2, limits.MaxTextBytes + 1));
                }
            }
        }
        catch (Exception error) when (Inflation.IsDamage(error))
        {
            throw Damaged();
        }

        return bytes.AsMemory(0, length);
    }

    private static ImageFormatException Damaged() => new("The picture's infotext is damaged: its text chunk cannot be read.");

    private static ImageFormatException TooLong(PictureLimits limits) =>
        new($"The picture's infotext is longer than {limits.MaxTextBytes} bytes, the most that is read.");
}
