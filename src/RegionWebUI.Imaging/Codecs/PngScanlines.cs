using System.Buffers.Binary;
using System.IO.Compression;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>Inflates the pixel data of a judged PNG and gives the rows of each pass, unfiltered, one after the other.</summary>
internal sealed class PngScanlines : IDisposable
{
    /// <summary>Deflate cannot make more than this many bytes out of one (RFC 1951: 258 bytes from two bits).</summary>
    private const long LargestDeflateRatio = 1032;

    private readonly ZLibStream _inflated;
    private readonly PngHeader _header;
    private byte[] _row;
    private byte[] _above;
    private int _length;

    /// <summary>Prepares the rows; refused when the compressed data cannot possibly hold them, before memory for a picture is taken.</summary>
    public PngScanlines(ReadOnlyMemory<byte> file, PngStructure structure, IEnumerable<PngPass> passes)
    {
        _header = structure.Header;
        var needed = passes.Sum(pass => (_header.RowBytes(pass.Width) + 1L) * pass.Height);
        if (structure.DataBytes * LargestDeflateRatio < needed)
        {
            throw TooShort();
        }

        _inflated = new ZLibStream(new SliceStream(DataOf(file, structure.FirstDataOffset)), CompressionMode.Decompress);
        _row = new byte[_header.PixelBytes + _header.RowBytes(_header.Width)];
        _above = new byte[_row.Length];
    }

    /// <summary>Stands before the first row of a pass; the row above that one is all zero.</summary>
    public void Begin(PngPass pass)
    {
        _length = _header.PixelBytes + _header.RowBytes(pass.Width);
        Array.Clear(_row);
    }

    /// <summary>The next row's bytes as stored (big-endian samples, indices packed); valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        (_row, _above) = (_above, _row);
        var margin = _header.PixelBytes;
        var row = _row.AsSpan(0, _length);

        // The filter byte is read into the margin's last place, so that one read brings the whole row.
        Fill(row[(margin - 1)..]);
        var filter = row[margin - 1];
        row[margin - 1] = 0;
        PngFilter.Undo(filter, row, _above, margin);
        return row[margin..];
    }

    /// <summary>Looks one byte further, which makes the checksum behind the last row be compared. Surplus data is ignored, as elsewhere.</summary>
    public void Finish()
    {
        Span<byte> surplus = stackalloc byte[1];
        Read(surplus);
    }

    public void Dispose() => _inflated.Dispose();

    private static IEnumerable<ReadOnlyMemory<byte>> DataOf(ReadOnlyMemory<byte> file, int offset)
    {
        while (true)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.Span[offset..]);
            if (PngChunkType.Named(file.Span[(offset + sizeof(int))..]) != PngChunkType.Data)
            {
                yield break;
            }

            yield return file.Slice(offset + PngChunks.HeadBytes, length);
            offset += PngChunks.HeadBytes + length + PngChunks.CrcBytes;
        }
    }

    private static ImageFormatException TooShort() => new("The PNG is damaged: its IDAT chunks hold fewer pixels than it declares.");

    private void Fill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var got = Read(bytes);
            bytes = got > 0 ? bytes[got..] : throw TooShort();
        }
    }

    private int Read(Span<byte> bytes)
    {
        try
        {
            return _inflated.Read(bytes);
        }
        catch (Exception inner) when (Inflation.IsDamage(inner))
        {
            throw new ImageFormatException("The PNG is damaged: its IDAT chunks are not a valid zlib stream.", inner);
        }
    }
}
