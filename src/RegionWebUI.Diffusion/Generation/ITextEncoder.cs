using RegionWebUI.Diffusion.Text.Chunks;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The text encoder of a loaded model, one chunk at a time.</summary>
internal interface ITextEncoder
{
    /// <summary>Tokens of a chunk.</summary>
    int Tokens { get; }

    /// <summary>Numbers of a token's embedding.</summary>
    int Width { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="clipSkip">Layer taken, counted from the end, from 1.</param>
    /// <param name="cancellationToken">Ends the call between two ops.</param>
    /// <returns>Row-major <c>[tokens, width]</c>, before weights.</returns>
    ReadOnlyMemory<float> Encode(WeightedChunk chunk, int clipSkip, CancellationToken cancellationToken);
}
