using System.Buffers.Binary;
using System.Text;

namespace RegionWebUI.Imaging.Codecs.Webp;

/// <summary>The four letters that name a chunk of a RIFF file, as the little-endian number they are stored as.</summary>
internal readonly record struct WebpChunkType(uint Code)
{
    public static WebpChunkType Extended { get; } = Named("VP8X"u8);

    public static WebpChunkType Lossy { get; } = Named("VP8 "u8);

    public static WebpChunkType Lossless { get; } = Named("VP8L"u8);

    public static WebpChunkType Animation { get; } = Named("ANIM"u8);

    public static WebpChunkType Frame { get; } = Named("ANMF"u8);

    public static WebpChunkType Exif { get; } = Named("EXIF"u8);

    public static WebpChunkType Named(ReadOnlySpan<byte> letters) => new(BinaryPrimitives.ReadUInt32LittleEndian(letters));

    /// <summary>The letters where they are letters and digits; a file's other characters would garble a sentence they stand in.</summary>
    public override string ToString()
    {
        Span<byte> letters = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(letters, Code);
        var name = Encoding.Latin1.GetString(letters).TrimEnd(' ');
        return name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) ? name : $"0x{Code:X8}";
    }
}
