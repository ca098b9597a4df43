namespace RegionWebUI.Graph.Ops;

/// <summary>Scaled dot-product attention.</summary>
public static class Attention
{
    /// <summary>
    /// softmax(q k^T * scale) v per head. Operands q [B, N, C], k [B, M, C], v [B, M, C]; result [B, N, C].
    /// A head owns C / Heads neighbouring channels.
    /// </summary>
    /// <param name="Heads">Number of heads; divides C.</param>
    /// <param name="Scale">Factor on the scores, above 0 (1 / sqrt(C / Heads) as a rule).</param>
    /// <param name="Causal">Token i sees tokens 0..i only; then N equals M.</param>
    public sealed record MultiHead(int Heads, float Scale, bool Causal) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(3, 3);
            var q = inputs.Float(0, 3);
            var k = inputs.Float(1, 3);
            var v = inputs.Float(2, 3);
            inputs.Require(k == v, $"k {k} and v {v} must have one shape");
            inputs.Require(q[0] == k[0] && q[2] == k[2], $"q {q} and k {k} must agree in batch and channels");
            inputs.Require(Heads >= 1 && q[2] % Heads == 0, $"{Heads} heads do not divide {q[2]} channels");
            inputs.Require(Scale > 0 && float.IsFinite(Scale), $"scale must be above 0, not {Scale}");
            inputs.Require(!Causal || q[1] == k[1], "causal attention needs as many queries as keys");
            return inputs[0];
        }
    }

    /// <summary>Multi-head attention with the usual scale 1 / sqrt(channels per head).</summary>
    public static Value Attend(this GraphBuilder builder, Value q, Value k, Value v, int heads, bool causal = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(q);
        var scale = (float)(1 / Math.Sqrt((double)q.Shape[^1] / heads));
        return builder.Apply(new MultiHead(heads, scale, causal), q, k, v);
    }
}
