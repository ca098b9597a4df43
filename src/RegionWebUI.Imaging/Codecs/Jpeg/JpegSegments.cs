using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs.Jpeg;

/// <summary>Walks over the markers of a JPEG, each byte looked at once. What the segments mean is <see cref="JpegStructure"/>'s matter.</summary>
internal sealed class JpegSegments
{
    private readonly ReadOnlyMemory<byte> _file;

    /// <summary>Stands behind the start marker.</summary>
    public JpegSegments(ReadOnlyMemory<byte> file)
    {
        _file = file;
        Position = 2;
    }

    /// <summary>Where the next marker or segment begins.</summary>
    public int Position { get; private set; }

    /// <summary>The next marker's second byte; it must stand here, fill bytes may come before.</summary>
    public byte ReadMarker()
    {
        var rest = _file.Span[Position..];
        if (!rest.IsEmpty && rest[0] != 0xFF)
        {
            throw new ImageFormatException($"The JPEG is damaged: there is no marker at byte {Position}.");
        }

        var fill = rest.IndexOfAnyExcept((byte)0xFF);
        if (fill < 0)
        {
            throw new ImageFormatException("The JPEG is cut off: it ends before its end marker.");
        }

        Position += fill + 1;
        return rest[fill];
    }

    /// <summary>The data of the segment whose marker was just read, without their length.</summary>
    public ReadOnlyMemory<byte> ReadSegment(byte marker)
    {
        var rest = _file[Position..];
        var length = rest.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
        if (length > rest.Length)
        {
            throw new ImageFormatException($"The JPEG is cut off: it ends inside its segment FF{marker:X2}.");
        }

        if (length < sizeof(ushort))
        {
            throw new ImageFormatException($"The JPEG is damaged: its segment FF{marker:X2} has length {length}; the least is 2.");
        }

        Position += length;
        return rest[sizeof(ushort)..length];
    }

    /// <summary>Passes over the coded pixels of a scan, up to the next marker that is not part of them.</summary>
    /// <returns>How many bytes they take.</returns>
    public int SkipScan()
    {
        var start = Position;
        var file = _file.Span;
        while (true)
        {
            var found = file[Position..].IndexOf((byte)0xFF);
            if (found < 0 || Position + found + 1 >= file.Length)
            {
                throw new ImageFormatException("The JPEG is cut off: it ends inside its pixels.");
            }

            Position += found;
            var next = file[Position + 1];
            if (next is not (0 or >= JpegMarker.RestartFirst and <= JpegMarker.RestartLast))
            {
                return Position - start;
            }

            Position += 2;
        }
    }
}
