using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The text encoder of a loaded model.</summary>
internal sealed class ModelTextEncoder(LoadedModel model) : ITextEncoder
{
    /// <inheritdoc />
    public int Tokens => model.TextConfig.Positions;

    /// <inheritdoc />
    public int Width => model.TextConfig.HiddenSize;

    /// <inheritdoc />
    public ReadOnlyMemory<float> Encode(WeightedChunk chunk, int clipSkip, CancellationToken cancellationToken)
    {
        var ids = HostTensor.Of(new Shape(1, Tokens), [.. chunk.Ids.Select(id => (long)id)]);
        var hidden = HostTensor.Empty(new Shape(1, Tokens, Width));
        model.UseTextEncoder(clipSkip, session => session.Run(
            new Dictionary<string, HostTensor> { ["input_ids"] = ids },
            new Dictionary<string, HostTensor> { ["last_hidden_state"] = hidden },
            cancellationToken));
        return hidden.Floats;
    }
}
