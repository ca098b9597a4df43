using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>The four letters that name a chunk, as the big-endian number they are stored as.</summary>
internal readonly record struct PngChunkType(uint Code)
{
    public const int Size = 4;

    public static PngChunkType Header { get; } = Named("IHDR"u8);

    public static PngChunkType Palette { get; } = Named("PLTE"u8);

    public static PngChunkType Data { get; } = Named("IDAT"u8);

    public static PngChunkType End { get; } = Named("IEND"u8);

    public static PngChunkType Transparency { get; } = Named("tRNS"u8);

    public static PngChunkType Text { get; } = Named("tEXt"u8);

    public static PngChunkType CompressedText { get; } = Named("zTXt"u8);

    public static PngChunkType InternationalText { get; } = Named("iTXt"u8);

    /// <summary>A capital first letter: who does not know the chunk cannot show the picture.</summary>
    public bool IsCritical => (Code & 0x20000000) == 0;

    public bool IsLetters
    {
        get
        {
            for (var shift = 0; shift < 32; shift += 8)
            {
                if (!char.IsAsciiLetter((char)((Code >> shift) & 255)))
                {
                    return false;
                }
            }

            return true;
        }
    }

    public static PngChunkType Named(ReadOnlySpan<byte> letters) => new(BinaryPrimitives.ReadUInt32BigEndian(letters));

    public void WriteTo(Span<byte> letters) => BinaryPrimitives.WriteUInt32BigEndian(letters, Code);

    public override string ToString()
    {
        Span<char> letters = [(char)(Code >> 24), (char)((Code >> 16) & 255), (char)((Code >> 8) & 255), (char)(Code & 255)];
        return IsLetters ? new string(letters) : $"0x{Code:X8}";
    }
}
