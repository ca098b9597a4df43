namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// The front of a stream, read in blocks. A declared length takes memory only as its bytes really arrive.
/// </summary>
internal sealed class StreamSource(Stream stream, PictureLimits limits) : IByteSource
{
    /// <summary>Holds the head of nearly every generated picture, so that indexing a gallery is one read a file.</summary>
    private const int BlockBytes = 4096;

    private byte[] _buffer = new byte[BlockBytes];
    private int _start;
    private int _end;
    private long _read;

    public bool TryTake(int count, out ReadOnlyMemory<byte> bytes)
    {
        while (_end - _start < count)
        {
            if (!Fill())
            {
                bytes = default;
                return false;
            }
        }

        bytes = _buffer.AsMemory(_start, count);
        _start += count;
        return true;
    }

    private bool Fill()
    {
        var kept = _end - _start;
        if (kept == _buffer.Length)
        {
            var larger = new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, kept).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }

        _start = 0;
        var got = stream.Read(_buffer, kept, _buffer.Length - kept);
        _end = kept + got;
        _read += got;
        return _read > limits.MaxFileBytes ? throw PngChunks.TooLarge(limits) : got > 0;
    }
}
