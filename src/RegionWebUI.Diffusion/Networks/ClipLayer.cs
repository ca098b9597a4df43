using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>One transformer layer of CLIP, of its text and its vision half alike: each half normalised before it runs.</summary>
/// <param name="IntermediateSize">Width inside the feed-forward.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="QuickGelu">Whether the feed-forward uses QuickGELU (OpenAI) instead of GELU (OpenCLIP).</param>
/// <param name="NormEpsilon">Epsilon of the layer norms.</param>
/// <param name="Causal">Whether a token sees only itself and those before it.</param>
internal sealed record ClipLayer(int IntermediateSize, int Heads, bool QuickGelu, float NormEpsilon, bool Causal)
{
    /// <summary>Writes the layer for x [N, tokens, D].</summary>
    public Value Write(Module layer, Value x)
    {
        var (b, width) = (layer.Builder, x.Shape[^1]);
        x = b.Add(x, Attend(layer.Part("self_attn"), layer.LayerNorm("layer_norm1", x, NormEpsilon), Heads, Causal));
        var inner = layer.Linear("mlp.fc1", layer.LayerNorm("layer_norm2", x, NormEpsilon), IntermediateSize);
        return b.Add(x, layer.Linear("mlp.fc2", QuickGelu ? b.QuickGelu(inner) : b.Gelu(inner), width));
    }

    /// <summary>Writes transformers' self-attention with its projections.</summary>
    public static Value Attend(Module attention, Value x, int heads, bool causal)
    {
        var width = x.Shape[^1];
        var attended = attention.Builder.Attend(
            attention.Linear("q_proj", x, width), attention.Linear("k_proj", x, width), attention.Linear("v_proj", x, width), heads, causal);
        return attention.Linear("out_proj", attended, width);
    }
}
