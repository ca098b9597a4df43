namespace RegionWebUI.Imaging.Codecs;

/// <summary>Reads pieces of memory one after the other, without joining them.</summary>
internal sealed class SliceStream(IEnumerable<ReadOnlyMemory<byte>> slices) : Stream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _slices = slices.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            if (!_slices.MoveNext())
            {
                return 0;
            }

            _rest = _slices.Current;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _slices.Dispose();
        }

        base.Dispose(disposing);
    }
}
