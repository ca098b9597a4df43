using System.Collections.Immutable;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>A resolved text (one entry of a schedule) as the text encoder reads it.</summary>
/// <param name="Chunks">The chunks in order; never empty.</param>
/// <param name="TokenCount">Tokens used: full chunks count whole, as in A1111's counter.</param>
internal sealed record WeightedChunks(ImmutableArray<WeightedChunk> Chunks, int TokenCount)
{
    /// <summary>Number of chunks.</summary>
    public int Count => Chunks.Length;

    /// <summary>Reads weights and cuts.</summary>
    /// <param name="tokenizer">Of the text encoder.</param>
    /// <param name="text">One text of a schedule.</param>
    /// <param name="options">How to cut.</param>
    /// <param name="inversions">What may be named in the text.</param>
    /// <exception cref="PromptException">A weight is no number.</exception>
    /// <exception cref="ModelException">A textual inversion has more embeddings than a chunk has places.</exception>
    public static WeightedChunks Of(ClipTokenizer tokenizer, SourcedText text, ChunkOptions options, TextualInversions inversions)
    {
        var cutter = new ChunkCutter(tokenizer, options.CommaBacktrack, inversions);
        ImmutableArray<WeightedText> parts = options.Emphasis == EmphasisMode.None ? [new WeightedText(text, 1)] : AttentionReader.Read(text);
        foreach (var part in parts)
        {
            if (part.IsBreak)
            {
                cutter.Break();
            }
            else
            {
                cutter.Add(part);
            }
        }

        return cutter.Finish();
    }

    /// <summary>The same text with empty chunks after it, so that it has as many as another.</summary>
    /// <param name="tokenizer">Of the text encoder.</param>
    /// <param name="count">Chunks wanted; at least <see cref="Count"/>.</param>
    public WeightedChunks PaddedTo(ClipTokenizer tokenizer, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Count);
        if (count == Count)
        {
            return this;
        }

        var empty = new ChunkCutter(tokenizer, 0, TextualInversions.Empty).Finish().Chunks[0];
        return this with { Chunks = [.. Chunks, .. Enumerable.Repeat(empty, count - Count)] };
    }
}
