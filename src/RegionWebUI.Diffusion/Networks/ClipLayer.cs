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
        var normal = layer.LayerNorm("layer_norm1", x, NormEpsilon);
        return FeedForward(layer, layer.Builder.Add(x, Attend(layer.Part("self_attn"), normal, normal, Heads, Causal)));
    }

    /// <summary>
    /// Writes the first token of the layer's result alone, [N, 1, D]: what a pooled embedding reads of the last layer, for a fraction of the
    /// work. Not for causal layers, whose tokens must be all there.
    /// </summary>
    public Value WriteFirstToken(Module layer, Value x)
    {
        var b = layer.Builder;
        var normal = layer.LayerNorm("layer_norm1", x, NormEpsilon);
        var attended = Attend(layer.Part("self_attn"), b.Slice(normal, 1, 0, 1), normal, Heads, Causal);
        return FeedForward(layer, b.Add(b.Slice(x, 1, 0, 1), attended));
    }

    /// <summary>Writes transformers' self-attention with its projections.</summary>
    public static Value Attend(Module attention, Value x, int heads, bool causal) => Attend(attention, x, x, heads, causal);

    private static Value Attend(Module attention, Value asking, Value asked, int heads, bool causal)
    {
        var width = asked.Shape[^1];
        var attended = attention.Builder.Attend(
            attention.Linear("q_proj", asking, width),
            attention.Linear("k_proj", asked, width),
            attention.Linear("v_proj", asked, width),
            heads,
            causal);
        return attention.Linear("out_proj", attended, width);
    }

    private Value FeedForward(Module layer, Value x)
    {
        var b = layer.Builder;
        var inner = layer.Linear("mlp.fc1", layer.LayerNorm("layer_norm2", x, NormEpsilon), IntermediateSize);
        return b.Add(x, layer.Linear("mlp.fc2", QuickGelu ? b.QuickGelu(inner) : b.Gelu(inner), x.Shape[^1]));
    }
}
