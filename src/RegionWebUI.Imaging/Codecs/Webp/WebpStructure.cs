using System.Buffers.Binary;
using RegionWebUI.Imaging.Codecs.Exif;

namespace RegionWebUI.Imaging.Codecs.Webp;

/// <summary>
/// A WebP whose chunks were judged before any pixel is decoded (RFC 9649, 2): size, kind, and whether it is whole. Bytes behind the end of the RIFF
/// file are not looked at.
/// </summary>
internal sealed class WebpStructure
{
    /// <summary>"RIFF", its length and "WEBP".</summary>
    public const int FileHeadBytes = 12;

    /// <summary>Name and length of a chunk.</summary>
    public const int ChunkHeadBytes = 8;

    private readonly PictureLimits _limits;
    private readonly ReadOnlyMemory<byte> _file;
    private WebpHeader? _canvas;
    private WebpHeader? _image;
    private ExifData? _exif;

    private WebpStructure(ReadOnlyMemory<byte> file, PictureLimits limits)
    {
        _file = file;
        _limits = limits;
    }

    /// <summary>Walks over a whole file, which begins as a WebP does.</summary>
    public static WebpStructure Read(ReadOnlyMemory<byte> file, PictureLimits limits)
    {
        if (file.Length > limits.MaxFileBytes)
        {
            throw new ImageFormatException($"The WebP file has {file.Length} bytes; at most {limits.MaxFileBytes} are read.");
        }

        var length = ChunkHeadBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(file.Span[4..]);
        if (length > file.Length || length < FileHeadBytes)
        {
            throw new ImageFormatException($"The WebP is cut off or damaged: it declares {length} bytes and has {file.Length}.");
        }

        var structure = new WebpStructure(file[..(int)length], limits);
        structure.Walk();
        return structure;
    }

    /// <summary>What a decoder needs.</summary>
    public EncodedPicture ToSource() => new(PictureFormat.Webp, _file, _image!.Value.Width, _image.Value.Height, _exif ?? ExifData.None);

    private void Walk()
    {
        for (var at = FileHeadBytes; at <= _file.Length - ChunkHeadBytes;)
        {
            var head = _file.Span.Slice(at, ChunkHeadBytes);
            var (type, length) = (WebpChunkType.Named(head), BinaryPrimitives.ReadUInt32LittleEndian(head[4..]));
            var start = at + ChunkHeadBytes;
            if (length > _file.Length - start)
            {
                throw new ImageFormatException($"The WebP is cut off: its {type} chunk declares {length} bytes and has {_file.Length - start}.");
            }

            Accept(type, _file.Span.Slice(start, (int)length), isFirst: at == FileHeadBytes);
            at = (int)Math.Min(start + length + (length & 1), _file.Length);
        }

        if (_image is null)
        {
            throw new ImageFormatException("The WebP has no VP8 or VP8L chunk: there are no pixels in it.");
        }

        if (_canvas is { } canvas && canvas != _image)
        {
            throw new ImageFormatException(
                $"The WebP declares {canvas.Width} x {canvas.Height} pixels and holds {_image.Value.Width} x {_image.Value.Height}.");
        }
    }

    private void Accept(WebpChunkType type, ReadOnlySpan<byte> data, bool isFirst)
    {
        if (type == WebpChunkType.Animation || type == WebpChunkType.Frame)
        {
            throw new ImageFormatException("The WebP is animated; only still pictures are read.");
        }

        if (WebpHeader.Parse(type, data, _limits) is { } header)
        {
            AcceptHeader(type, header, isFirst);
        }
        else if (isFirst)
        {
            throw new ImageFormatException($"The WebP's first chunk is {type}; it must be VP8X, VP8 or VP8L.");
        }
        else if (type == WebpChunkType.Exif)
        {
            _exif ??= ExifReader.Read(data, _limits);
        }
    }

    private void AcceptHeader(WebpChunkType type, WebpHeader header, bool isFirst)
    {
        if (type == WebpChunkType.Extended)
        {
            _canvas = isFirst ? header : throw new ImageFormatException("The WebP's VP8X chunk must come once, in front of all others.");
            return;
        }

        _image = _image is null ? header : throw new ImageFormatException("The WebP has two pictures; one is allowed.");
    }
}
