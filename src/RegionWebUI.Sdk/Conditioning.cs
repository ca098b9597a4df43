namespace RegionWebUI.Sdk;

/// <summary>What a prompt became: one embedding per token of its 77-token chunks, in chunk order.</summary>
/// <param name="Chunks">Number of 77-token chunks, at least 1.</param>
/// <param name="Width">Embedding width of the text encoder (768 for SD1, 256 for pocket).</param>
/// <param name="Embeddings">Row-major <c>[Chunks * 77, Width]</c>.</param>
/// <exception cref="ArgumentException">There is no chunk or no width, or the length does not fit them.</exception>
public sealed record Conditioning(int Chunks, int Width, ReadOnlyMemory<float> Embeddings)
{
    /// <summary>Tokens in a chunk, start and end token included.</summary>
    public const int TokensPerChunk = 77;

    /// <summary>The embeddings, token by token.</summary>
    public ReadOnlyMemory<float> Embeddings { get; } =
        Chunks >= 1 && Width >= 1 && Embeddings.Length == (long)Chunks * TokensPerChunk * Width
            ? Embeddings
            : throw new ArgumentException(
                $"A conditioning of {Chunks} x {TokensPerChunk} tokens of width {Width} needs "
                + $"{(long)Chunks * TokensPerChunk * Width} values, not {Embeddings.Length}.");

    /// <summary>Rows of <see cref="Embeddings"/>.</summary>
    public int Tokens => Chunks * TokensPerChunk;
}
