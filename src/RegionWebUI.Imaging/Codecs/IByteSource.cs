namespace RegionWebUI.Imaging.Codecs;

/// <summary>Bytes in order, from memory or from a stream.</summary>
internal interface IByteSource
{
    /// <summary>The next bytes; false when fewer than <paramref name="count"/> are left. They stay valid until the next call.</summary>
    bool TryTake(int count, out ReadOnlyMemory<byte> bytes);
}
