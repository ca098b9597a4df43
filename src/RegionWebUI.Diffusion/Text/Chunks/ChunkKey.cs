namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>
/// What the text encoder's output depends on: tokens and embeddings of a chunk, and the layer it is taken from. Weights are applied after it and
/// do not count.
/// </summary>
/// <param name="chunk">The chunk.</param>
/// <param name="clipSkip">Layer counted from the end, from 1.</param>
internal sealed class ChunkKey(WeightedChunk chunk, int clipSkip) : IEquatable<ChunkKey>
{
    private readonly int _hash = Hash(chunk, clipSkip);

    /// <summary>The chunk.</summary>
    public WeightedChunk Chunk { get; } = chunk;

    /// <summary>Layer counted from the end.</summary>
    public int ClipSkip { get; } = clipSkip;

    /// <inheritdoc/>
    public bool Equals(ChunkKey? other) =>
        other is not null
        && ClipSkip == other.ClipSkip
        && Chunk.Ids.AsSpan().SequenceEqual(other.Chunk.Ids.AsSpan())
        && Chunk.Slots.AsSpan().SequenceEqual(other.Chunk.Slots.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChunkKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    private static int Hash(WeightedChunk chunk, int clipSkip)
    {
        var hash = default(HashCode);
        hash.Add(clipSkip);
        foreach (var id in chunk.Ids)
        {
            hash.Add(id);
        }

        return hash.ToHashCode();
    }
}
