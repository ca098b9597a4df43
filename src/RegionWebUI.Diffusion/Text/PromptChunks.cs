using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// A prompt cut into chunks as A1111 does it: 75 tokens each, at least one chunk. A prompt and its negative need equally many, since they run
/// through the UNet in one batch: the shorter gets empty chunks ("Pad conds").
/// </summary>
internal sealed class PromptChunks
{
    private readonly ClipTokenizer _tokenizer;

    private PromptChunks(ClipTokenizer tokenizer, ImmutableArray<PromptChunk> chunks)
    {
        _tokenizer = tokenizer;
        Chunks = chunks;
    }

    /// <summary>The chunks in order; never empty.</summary>
    public ImmutableArray<PromptChunk> Chunks { get; }

    /// <summary>Number of chunks.</summary>
    public int Count => Chunks.Length;

    /// <summary>Ids of all chunks, one after the other: <see cref="Count"/> x 77.</summary>
    public ImmutableArray<int> Ids => [.. Chunks.SelectMany(chunk => chunk.Ids)];

    /// <summary>Cuts the tokens of a prompt.</summary>
    /// <param name="tokenizer">Gives the ids around the tokens.</param>
    /// <param name="ids">Ids without start and end.</param>
    public static PromptChunks Of(ClipTokenizer tokenizer, ImmutableArray<int> ids)
    {
        var room = tokenizer.ModelMaxLength - 2;
        var chunks = ImmutableArray.CreateBuilder<PromptChunk>();
        for (var first = 0; first == 0 || first < ids.Length; first += room)
        {
            chunks.Add(Chunk(tokenizer, ids.AsSpan(first, Math.Min(room, ids.Length - first)), first));
        }

        return new PromptChunks(tokenizer, chunks.DrainToImmutable());
    }

    /// <summary>The tokens of a prompt, cut.</summary>
    public static PromptChunks Of(ClipTokenizer tokenizer, string prompt) => Of(tokenizer, tokenizer.Encode(prompt).Ids);

    /// <summary>Brings two prompts to the same number of chunks.</summary>
    public static (PromptChunks First, PromptChunks Second) Equalized(PromptChunks first, PromptChunks second)
    {
        var count = Math.Max(first.Count, second.Count);
        return (first.PaddedTo(count), second.PaddedTo(count));
    }

    /// <summary>The same prompt with empty chunks after it.</summary>
    /// <param name="count">Chunks wanted; at least <see cref="Count"/>.</param>
    public PromptChunks PaddedTo(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Count);
        var end = Chunks[^1].FirstToken + Chunks[^1].TokenCount;
        var padding = Enumerable.Range(0, count - Count).Select(_ => Chunk(_tokenizer, [], end));
        return count == Count ? this : new PromptChunks(_tokenizer, [.. Chunks, .. padding]);
    }

    private static PromptChunk Chunk(ClipTokenizer tokenizer, ReadOnlySpan<int> tokens, int first)
    {
        var ids = new int[tokenizer.ModelMaxLength];
        ids.AsSpan().Fill(tokenizer.Pad);
        ids[0] = tokenizer.Bos;
        tokens.CopyTo(ids.AsSpan(1));
        ids[tokens.Length + 1] = tokenizer.Eos;
        return new PromptChunk([.. ids], first, tokens.Length);
    }
}
