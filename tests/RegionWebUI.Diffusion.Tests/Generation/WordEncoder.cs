using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Text.Chunks;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>A text encoder in closed form: every token's embedding is its id (over a hundred, so that sums stay small), less the clip skip.</summary>
internal sealed class WordEncoder : ITextEncoder
{
    /// <summary>The chunks it was run on, in order.</summary>
    public List<WeightedChunk> Runs { get; } = [];

    public int Tokens => 77;

    public int Width => 1;

    public ReadOnlyMemory<float> Encode(WeightedChunk chunk, int clipSkip, CancellationToken cancellationToken)
    {
        Runs.Add(chunk);

        // The first place holds the first word, where the analytic UNet looks.
        float[] values = [.. chunk.Ids.Select(id => (id / 100f) - clipSkip + 1)];
        values[0] = values[1];
        return values;
    }
}
