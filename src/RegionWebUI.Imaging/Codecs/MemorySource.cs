namespace RegionWebUI.Imaging.Codecs;

/// <summary>A whole file in memory; nothing is copied.</summary>
internal sealed class MemorySource(ReadOnlyMemory<byte> file) : IByteSource
{
    /// <summary>Where the next byte lies in the file.</summary>
    public int Position { get; private set; }

    public bool TryTake(int count, out ReadOnlyMemory<byte> bytes)
    {
        if (count > file.Length - Position)
        {
            bytes = default;
            return false;
        }

        bytes = file.Slice(Position, count);
        Position += count;
        return true;
    }
}
