using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Attention.</summary>
internal static class AttentionRules
{
    /// <summary>The fused op of ONNX Runtime; causality as an additive bias, which every provider takes.</summary>
    public static LoweringRule MultiHeadFused { get; } = Fused(wholeBias: false);

    /// <summary>The fused op for a provider that broadcasts no bias: one of its own for every head of every row.</summary>
    public static LoweringRule MultiHeadFusedWholeBias { get; } = Fused(wholeBias: true);

    private static LoweringRule Fused(bool wholeBias) => LoweringRule.For<Attention.MultiHead>((emitter, node, op) =>
    {
        List<string> inputs = [.. node.Inputs.Select(emitter.Name)];
        if (op.Causal)
        {
            var queries = node.Inputs[0].Shape;
            var (rows, heads) = wholeBias ? (queries[0], op.Heads) : (1, 1);
            inputs.AddRange(["", "", CausalBias(emitter, rows, heads, queries[1])]);
        }

        return emitter.Emit(OnnxEmitter.Contrib, "MultiHeadAttention", inputs, Int("num_heads", op.Heads), Float("scale", op.Scale));
    });

    private static string CausalBias(OnnxEmitter emitter, int rows, int heads, int tokens)
    {
        var bias = new float[tokens * tokens];
        for (var query = 0; query < tokens; query++)
        {
            bias.AsSpan(query * tokens + query + 1, tokens - query - 1).Fill(float.MinValue);
        }

        var copies = Enumerable.Repeat(bias, rows * heads).SelectMany(one => one).ToArray();
        return emitter.Floats(new Shape(rows, heads, tokens, tokens), copies);
    }
}
