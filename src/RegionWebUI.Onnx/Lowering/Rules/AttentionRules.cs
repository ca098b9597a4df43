using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Attention.</summary>
internal static class AttentionRules
{
    /// <summary>The fused op of ONNX Runtime; causality as an additive bias, which every provider takes.</summary>
    public static LoweringRule MultiHeadFused { get; } = LoweringRule.For<Attention.MultiHead>((emitter, node, op) =>
    {
        List<string> inputs = [.. node.Inputs.Select(emitter.Name)];
        if (op.Causal)
        {
            inputs.AddRange(["", "", CausalBias(emitter, node.Inputs[0].Shape[1])]);
        }

        return emitter.Emit(OnnxEmitter.Contrib, "MultiHeadAttention", inputs, Int("num_heads", op.Heads), Float("scale", op.Scale));
    });

    private static string CausalBias(OnnxEmitter emitter, int tokens)
    {
        var bias = new float[tokens * tokens];
        for (var query = 0; query < tokens; query++)
        {
            bias.AsSpan(query * tokens + query + 1, tokens - query - 1).Fill(float.MinValue);
        }

        return emitter.Floats(new Shape(1, 1, tokens, tokens), bias);
    }
}
