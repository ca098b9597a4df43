namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// A PNG whose chunks were judged: order, number and size of each (PNG specification, 5.6), before any pixel is decoded.
/// Bytes behind IEND are not looked at, as in every other reader.
/// </summary>
internal sealed class PngStructure
{
    private readonly PictureLimits _limits;
    private PngHeader? _header;
    private bool _dataEnded;

    private PngStructure(PictureLimits limits) => _limits = limits;

    public PngHeader Header => _header ?? throw new InvalidOperationException("IHDR is read first.");

    /// <summary>Content of PLTE, three bytes for each of 1 to 256 colours; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Palette { get; private set; }

    /// <summary>Content of tRNS; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Transparency { get; private set; }

    /// <summary>The first text under the keyword of infotexts.</summary>
    public PngText? Text { get; private set; }

    /// <summary>Where the first IDAT chunk begins in a file read whole.</summary>
    public int FirstDataOffset { get; private set; }

    /// <summary>Compressed bytes in all IDAT chunks of a file read whole.</summary>
    public long DataBytes { get; private set; }

    /// <summary>Reads up to the first IDAT chunk, whose data is not touched.</summary>
    public static PngStructure ReadFront(IByteSource source, PictureLimits limits)
    {
        var structure = new PngStructure(limits);
        var chunks = new PngChunks(source, limits);
        for (var head = chunks.ReadHead(); structure.Begin(head); head = chunks.ReadHead())
        {
            structure.Accept(head, chunks.ReadData(head));
        }

        return structure;
    }

    /// <summary>Reads every chunk of a file in memory, checksums of the pixel data included.</summary>
    public static PngStructure ReadWhole(ReadOnlyMemory<byte> file, PictureLimits limits)
    {
        if (file.Length > limits.MaxFileBytes)
        {
            throw PngChunks.TooLarge(limits);
        }

        var structure = new PngStructure(limits);
        var source = new MemorySource(file);
        var chunks = new PngChunks(source, limits);
        while (true)
        {
            var offset = source.Position;
            var head = chunks.ReadHead();
            if (!structure.Begin(head) && structure.FirstDataOffset == 0)
            {
                structure.FirstDataOffset = offset;
            }

            structure.Accept(head, chunks.ReadData(head));
            if (head.Type == PngChunkType.End)
            {
                return structure;
            }
        }
    }

    /// <summary>Judges a chunk by its head alone, before its data is read.</summary>
    /// <returns>False for pixel data.</returns>
    private bool Begin(PngChunkHead head)
    {
        var type = head.Type;
        if (_header is null != (type == PngChunkType.Header))
        {
            throw new ImageFormatException(_header is null
                ? $"The PNG's first chunk is {type}; it must be IHDR."
                : "The PNG has two IHDR chunks; one is allowed.");
        }

        if (type == PngChunkType.Data)
        {
            BeginData();
            return false;
        }

        _dataEnded |= FirstDataOffset != 0;
        if (type == PngChunkType.End)
        {
            CheckEnd(head);
        }
        else if (type == PngChunkType.Palette)
        {
            CheckPalette(head);
        }
        else if (type == PngChunkType.Header ? head.Length != PngHeader.Size : type.IsCritical)
        {
            throw new ImageFormatException(type == PngChunkType.Header
                ? $"The PNG's IHDR chunk declares {head.Length} bytes; it must have {PngHeader.Size}."
                : $"The PNG needs its {type} chunk to be understood, which this program does not know.");
        }

        return true;
    }

    private void Accept(PngChunkHead head, ReadOnlyMemory<byte> data)
    {
        if (head.Type == PngChunkType.Header)
        {
            _header = PngHeader.Parse(data.Span, _limits);
        }
        else if (head.Type == PngChunkType.Data)
        {
            DataBytes += data.Length;
        }
        else if (head.Type == PngChunkType.Palette)
        {
            Palette = data.ToArray();
        }
        else if (head.Type == PngChunkType.Transparency && FirstDataOffset == 0)
        {
            Transparency = data.ToArray();
        }
        else
        {
            Text ??= PngText.Read(head.Type, data, _limits);
        }
    }

    private void BeginData()
    {
        if (_dataEnded)
        {
            throw new ImageFormatException("The PNG's IDAT chunks are not consecutive.");
        }

        if (Header.ColorType == PngColorType.Palette && Palette is null)
        {
            throw new ImageFormatException("The PNG's pixels are palette indices, but it has no PLTE chunk before them.");
        }
    }

    private void CheckEnd(PngChunkHead head)
    {
        if (FirstDataOffset == 0)
        {
            throw new ImageFormatException("The PNG has no IDAT chunk: there are no pixels in it.");
        }

        if (head.Length != 0)
        {
            throw new ImageFormatException($"The PNG's IEND chunk has {head.Length} bytes; it must be empty.");
        }
    }

    private void CheckPalette(PngChunkHead head)
    {
        if (Palette is not null || FirstDataOffset != 0)
        {
            throw new ImageFormatException("The PNG's PLTE chunk must come once, before the first IDAT chunk.");
        }

        if (Header.ColorType is PngColorType.Grey or PngColorType.GreyAlpha)
        {
            throw new ImageFormatException("The PNG has grey pixels and a PLTE chunk, which exclude each other.");
        }

        if (head.Length is 0 or > 768 || head.Length % 3 != 0)
        {
            throw new ImageFormatException($"The PNG's PLTE chunk has {head.Length} bytes; it must have three for each of 1 to 256 colours.");
        }
    }
}
