using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>
/// One directory of the TIFF structure that EXIF data are (TIFF 6.0, section 2). Offsets are checked where they are used: a wrong one finds
/// nothing. No chain of directories is followed, so there is nothing to go round in.
/// </summary>
internal readonly ref struct TiffDirectory
{
    private const int EntryBytes = 12;

    private readonly ReadOnlySpan<byte> _tiff;
    private readonly int _entries;
    private readonly int _count;

    private TiffDirectory(ReadOnlySpan<byte> tiff, uint offset, bool bigEndian)
    {
        _tiff = tiff;
        BigEndian = bigEndian;
        if (offset <= tiff.Length - 2)
        {
            _entries = (int)offset + 2;
            _count = Math.Min(Short((int)offset), (tiff.Length - _entries) / EntryBytes);
        }
    }

    /// <summary>The order of bytes in every number.</summary>
    public bool BigEndian { get; }

    /// <summary>The first directory; an empty one when the data do not begin as a TIFF does.</summary>
    public static TiffDirectory First(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("MM\0*"u8) || tiff.StartsWith("II*\0"u8)))
        {
            return default;
        }

        var bigEndian = tiff[0] == 'M';
        return new TiffDirectory(tiff, new TiffDirectory(tiff, uint.MaxValue, bigEndian).Long(4), bigEndian);
    }

    /// <summary>The directory that an entry of this one points to; an empty one when there is none.</summary>
    public TiffDirectory Sub(ushort tag) =>
        Find(tag) is { Type: TiffType.Long, Count: 1 } entry ? new TiffDirectory(_tiff, Long(entry.ValueAt), BigEndian) : default;

    /// <summary>A number of 16 bits; null when there is none.</summary>
    public int? Number(ushort tag) => Find(tag) is { Type: TiffType.Short, Count: 1 } entry ? Short(entry.ValueAt) : null;

    /// <summary>Looks for a string of bytes, whatever type it says it has.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="bytes">What was found.</param>
    /// <returns>Null when there is no such entry; false when it points outside of the data.</returns>
    public bool? TryBytes(ushort tag, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (Find(tag) is not { Type: TiffType.Byte or TiffType.Ascii or TiffType.Undefined } entry)
        {
            return null;
        }

        var offset = entry.Count <= 4 ? (uint)entry.ValueAt : Long(entry.ValueAt);
        if (offset > _tiff.Length || entry.Count > _tiff.Length - offset)
        {
            return false;
        }

        bytes = _tiff.Slice((int)offset, (int)entry.Count);
        return true;
    }

    private (TiffType Type, uint Count, int ValueAt)? Find(ushort tag)
    {
        for (var at = _entries; at < _entries + (_count * EntryBytes); at += EntryBytes)
        {
            if (Short(at) == tag)
            {
                return ((TiffType)Short(at + 2), Long(at + 4), at + 8);
            }
        }

        return null;
    }

    private ushort Short(int at) => BigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(_tiff[at..])
        : BinaryPrimitives.ReadUInt16LittleEndian(_tiff[at..]);

    private uint Long(int at) => BigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(_tiff[at..])
        : BinaryPrimitives.ReadUInt32LittleEndian(_tiff[at..]);
}
