using RegionWebUI.Imaging.Codecs.Exif;

namespace RegionWebUI.Imaging.Codecs.Jpeg;

/// <summary>
/// A JPEG whose segments were judged before any pixel is decoded (ITU-T T.81, annex B): size, kind, tables, whether it is whole, and whether there
/// are enough bytes for so many pixels. Bytes behind the end marker are not looked at.
/// </summary>
internal sealed class JpegStructure
{
    /// <summary>Far more than encoders make (about 10); each one costs a walk over the whole picture.</summary>
    private const int MaxScans = 100;

    private readonly PictureLimits _limits;
    private readonly ReadOnlyMemory<byte> _file;
    private readonly bool[] _tables = new bool[4];
    private JpegFrame? _frame;
    private ExifData? _exif;
    private int _scans;
    private long _dataBytes;
    private int _end;

    private JpegStructure(ReadOnlyMemory<byte> file, PictureLimits limits)
    {
        _file = file;
        _limits = limits;
    }

    /// <summary>Walks over a whole file.</summary>
    public static JpegStructure Read(ReadOnlyMemory<byte> file, PictureLimits limits)
    {
        if (file.Length > limits.MaxFileBytes)
        {
            throw new ImageFormatException($"The JPEG file has {file.Length} bytes; at most {limits.MaxFileBytes} are read.");
        }

        var structure = new JpegStructure(file, limits);
        structure.Walk();
        return structure;
    }

    /// <summary>What a decoder needs.</summary>
    public EncodedPicture ToSource() => new(PictureFormat.Jpeg, _file[.._end], Frame.Width, Frame.Height, _exif ?? ExifData.None);

    private JpegFrame Frame => _frame ?? throw new ImageFormatException("The JPEG is damaged: its size does not come before its pixels.");

    private void Walk()
    {
        var segments = new JpegSegments(_file);
        for (var marker = segments.ReadMarker(); marker != JpegMarker.End; marker = segments.ReadMarker())
        {
            if (JpegMarker.StandsAlone(marker))
            {
                throw new ImageFormatException($"The JPEG is damaged: marker FF{marker:X2} at byte {segments.Position - 2} is out of place.");
            }

            Accept(marker, segments.ReadSegment(marker).Span);
            if (marker == JpegMarker.Scan)
            {
                _dataBytes += segments.SkipScan();
            }
        }

        _end = segments.Position;
        if (_dataBytes < Frame.FewestDataBytes)
        {
            throw new ImageFormatException(
                $"The JPEG has {_dataBytes} bytes of pixels; {Frame.Width} x {Frame.Height} pixels need at least {Frame.FewestDataBytes}.");
        }
    }

    private void Accept(byte marker, ReadOnlySpan<byte> data)
    {
        if (JpegMarker.IsFrame(marker))
        {
            _frame = _frame is null
                ? JpegFrame.Parse(marker, data, _limits)
                : throw new ImageFormatException("The JPEG has two frames; one is allowed.");
        }
        else if (marker == JpegMarker.QuantisationTables)
        {
            AcceptTables(data);
        }
        else if (marker == JpegMarker.Scan)
        {
            AcceptScan(data);
        }
        else if (marker == JpegMarker.App1 && data.StartsWith(ExifReader.Prefix))
        {
            _exif ??= ExifReader.Read(data, _limits);
        }
    }

    private void AcceptTables(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var (wide, table) = (data[0] >> 4, data[0] & 15);
            var length = 1 + (64 * (wide + 1));
            if (wide > 1 || table > 3 || data.Length < length)
            {
                throw new ImageFormatException("The JPEG is damaged: its quantisation tables cannot be read.");
            }

            _tables[table] = true;
            data = data[length..];
        }
    }

    private void AcceptScan(ReadOnlySpan<byte> data)
    {
        if (++_scans > MaxScans)
        {
            throw new ImageFormatException($"The JPEG has more than {MaxScans} scans, the most that are read.");
        }

        var count = data.IsEmpty ? 0 : data[0];
        if (count is < 1 or > 4 || data.Length != 4 + (2 * count))
        {
            throw new ImageFormatException($"The JPEG is damaged: a scan header of {data.Length} bytes names {count} components.");
        }

        for (var i = 0; i < count; i++)
        {
            var id = data[1 + (2 * i)];
            var component = Frame.Components.FirstOrDefault(c => c.Id == id);
            if (component.Horizontal == 0)
            {
                throw new ImageFormatException($"The JPEG is damaged: a scan holds component {id}, which the picture does not have.");
            }

            if (!_tables[component.Table])
            {
                throw new ImageFormatException($"The JPEG's quantisation table {component.Table} is missing.");
            }
        }
    }
}
