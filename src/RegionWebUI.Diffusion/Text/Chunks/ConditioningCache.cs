namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>
/// Outputs of one model's text encoder by chunk, the longest unused thrown away first. Steps that share a text, an unchanged negative prompt and
/// a changed weight cost no run of the encoder. May be used from several threads at once.
/// </summary>
/// <param name="capacity">Chunks kept, at least 1; a chunk of SD 1.x takes 231 KiB.</param>
internal sealed class ConditioningCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ChunkKey, LinkedListNode<(ChunkKey Key, ReadOnlyMemory<float> Output)>> _entries = [];
    private readonly LinkedList<(ChunkKey Key, ReadOnlyMemory<float> Output)> _byUse = new();

    /// <summary>The encoder's output for a chunk, before weights: row-major <c>[tokens, width]</c>.</summary>
    /// <param name="key">The chunk.</param>
    /// <param name="encode">Runs the encoder; what it throws is passed on and nothing is kept.</param>
    public ReadOnlyMemory<float> GetOrEncode(ChunkKey key, Func<WeightedChunk, ReadOnlyMemory<float>> encode)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Output;
            }
        }

        // Outside the lock, so that a long run blocks nobody; two threads may then encode the same chunk, with the same result.
        var output = encode(key.Chunk);
        lock (_lock)
        {
            if (_entries.TryAdd(key, new LinkedListNode<(ChunkKey, ReadOnlyMemory<float>)>((key, output))))
            {
                _byUse.AddFirst(_entries[key]);
            }

            while (_entries.Count > capacity && _byUse.Last is { } oldest)
            {
                _entries.Remove(oldest.Value.Key);
                _byUse.RemoveLast();
            }
        }

        return output;
    }
}
