namespace RegionWebUI.Sdk;

/// <summary>What a prompt became: one embedding per token of its 77-token chunks, in chunk order.</summary>
/// <param name="Chunks">Number of 77-token chunks, at least 1.</param>
/// <param name="Width">Embedding width of the text encoder (768 for SD1, 256 for pocket).</param>
/// <param name="Embeddings">Row-major <c>[Chunks * 77, Width]</c>.</param>
public sealed record Conditioning(int Chunks, int Width, ReadOnlyMemory<float> Embeddings)
{
    /// <summary>Tokens in a chunk, start and end token included.</summary>
    public const int TokensPerChunk = 77;

    /// <summary>Rows of <see cref="Embeddings"/>.</summary>
    public int Tokens => Chunks * TokensPerChunk;
}
