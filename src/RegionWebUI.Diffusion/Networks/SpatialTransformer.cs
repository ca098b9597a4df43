using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// diffusers' Transformer2DModel: self-attention, cross-attention to the prompt and a GEGLU feed-forward over the picture's cells.
/// </summary>
internal static class SpatialTransformer
{
    private const float GroupNormEpsilon = 1e-6f;

    /// <summary>Writes the transformer.</summary>
    /// <param name="module">Where its weights lie.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="context">Prompt embedding [N, tokens, D].</param>
    /// <param name="heads">Heads of every attention.</param>
    /// <param name="depth">Number of transformer blocks.</param>
    /// <param name="groups">Groups of the entry norm.</param>
    public static Value Write(Module module, Value x, Value context, int heads, int depth, int groups)
    {
        var channels = x.Shape[1];
        var tokens = module.Linear("proj_in", module.ToTokens(module.GroupNorm("norm", x, groups, GroupNormEpsilon)), channels);
        for (var k = 0; k < depth; k++)
        {
            tokens = Block(module.Part($"transformer_blocks.{k}"), tokens, context, heads);
        }

        var result = module.ToCells(module.Linear("proj_out", tokens, channels), x.Shape[2], x.Shape[3]);
        return module.Builder.Add(result, x);
    }

    private static Value Block(Module module, Value x, Value context, int heads)
    {
        var b = module.Builder;
        var normed = module.LayerNorm("norm1", x);
        x = b.Add(Attend(module.Part("attn1"), normed, normed, heads), x);
        x = b.Add(Attend(module.Part("attn2"), module.LayerNorm("norm2", x), context, heads), x);
        return b.Add(FeedForward(module.Part("ff"), module.LayerNorm("norm3", x)), x);
    }

    private static Value Attend(Module module, Value x, Value source, int heads)
    {
        var channels = x.Shape[^1];
        var q = module.Linear("to_q", x, channels, bias: false);
        var k = module.Linear("to_k", source, channels, bias: false);
        var v = module.Linear("to_v", source, channels, bias: false);
        return module.Linear("to_out.0", module.Builder.Attend(q, k, v, heads), channels);
    }

    private static Value FeedForward(Module module, Value x)
    {
        var b = module.Builder;
        var (batch, tokens, channels) = (x.Shape[0], x.Shape[1], x.Shape[2]);

        // As a matrix, so that runtimes take product and bias in one kernel.
        var rows = b.Reshape(x, batch * tokens, channels);
        var (value, gate) = module.LinearHalves("net.0.proj", rows, channels * 4 * 2);
        return b.Reshape(module.Linear("net.2", b.Multiply(value, b.Gelu(gate)), channels), batch, tokens, channels);
    }
}
