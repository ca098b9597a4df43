using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>Walks over the chunks of a PNG: signature, lengths and checksums. What the chunks mean is <see cref="PngStructure"/>'s matter.</summary>
internal sealed class PngChunks
{
    /// <summary>Length and type in front of a chunk's data.</summary>
    public const int HeadBytes = 8;

    /// <summary>Checksum behind a chunk's data.</summary>
    public const int CrcBytes = 4;

    private readonly IByteSource _source;
    private readonly PictureLimits _limits;

    /// <summary>Checks the signature and stands before the first chunk.</summary>
    public PngChunks(IByteSource source, PictureLimits limits)
    {
        _source = source;
        _limits = limits;
        if (!source.TryTake(Signature.Length, out var start) || !start.Span.SequenceEqual(Signature))
        {
            throw new ImageFormatException("This is not a PNG file: it does not begin with the PNG signature.");
        }
    }

    /// <summary>The eight bytes every PNG begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [137, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static ImageFormatException TooLarge(PictureLimits limits) =>
        new($"The PNG file is larger than {limits.MaxFileBytes} bytes, the most that is read.");

    /// <summary>The next chunk's type and length; refused when no chunk can begin like this.</summary>
    public PngChunkHead ReadHead()
    {
        if (!_source.TryTake(HeadBytes, out var head))
        {
            throw new ImageFormatException("The PNG is cut off: it ends before its IEND chunk.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(head.Span);
        var type = PngChunkType.Named(head.Span[4..]);
        if (!type.IsLetters)
        {
            throw new ImageFormatException($"The PNG is damaged: a chunk is named {type}, which is not four letters.");
        }

        return length <= _limits.MaxFileBytes
            ? new PngChunkHead(type, (int)length)
            : throw new ImageFormatException($"The PNG's {type} chunk declares {length} bytes; a file may have at most {_limits.MaxFileBytes}.");
    }

    /// <summary>The data of the chunk whose head was just read, its checksum verified. They stay valid until the next read from a stream.</summary>
    public ReadOnlyMemory<byte> ReadData(PngChunkHead head)
    {
        if (!_source.TryTake(head.Length + CrcBytes, out var body))
        {
            throw new ImageFormatException($"The PNG is cut off: it ends inside its {head.Type} chunk of {head.Length} bytes.");
        }

        var data = body[..head.Length];
        Span<byte> letters = stackalloc byte[PngChunkType.Size];
        head.Type.WriteTo(letters);
        return BinaryPrimitives.ReadUInt32BigEndian(body.Span[head.Length..]) == Crc32.Of(letters, data.Span)
            ? data
            : throw new ImageFormatException($"The PNG is damaged: the checksum of its {head.Type} chunk is wrong.");
    }
}
