using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph.Gradients;

/// <summary>Attention as products and a softmax, so that it can be differentiated and looked into.</summary>
public static class ExplicitAttention
{
    /// <summary>Queries whose probabilities are held at once.</summary>
    public const int LargestChunk = 1024;

    /// <summary>Writes softmax(q k^T scale) v per head; more than <see cref="LargestChunk"/> queries go in chunks of that size.</summary>
    /// <param name="builder">Where it is written.</param>
    /// <param name="op">Heads, scale and causality.</param>
    /// <param name="q">[B, N, C].</param>
    /// <param name="k">[B, M, C].</param>
    /// <param name="v">[B, M, C].</param>
    /// <returns>[B, N, C].</returns>
    public static Value Write(GraphBuilder builder, Attention.MultiHead op, Value q, Value k, Value v)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(q);

        // q is scaled and not the scores: in half precision scores of long vectors leave the range of numbers.
        var queries = PerHead(builder, builder.Scale(q, op.Scale), op.Heads);
        var (keys, values) = (PerHead(builder, k, op.Heads), PerHead(builder, v, op.Heads));
        var count = q.Shape[1];
        var chunks = new List<Value>();
        for (var start = 0; start < count; start += LargestChunk)
        {
            var length = Math.Min(LargestChunk, count - start);
            var some = length == count ? queries : builder.Slice(queries, 2, start, length);
            var scores = builder.MatMul(some, keys, transposeB: true);
            if (op.Causal)
            {
                scores = builder.Add(scores, Causality(builder, start, length, count));
            }

            chunks.Add(builder.MatMul(builder.Softmax(scores), values));
        }

        var heads = chunks is [var whole] ? whole : builder.Concat(2, [.. chunks]);
        return builder.Reshape(builder.Transpose(heads, 0, 2, 1, 3), q.Shape.Dims.AsSpan());
    }

    private static Value PerHead(GraphBuilder builder, Value x, int heads)
    {
        var shape = x.Shape;
        return builder.Transpose(builder.Reshape(x, shape[0], shape[1], heads, shape[2] / heads), 0, 2, 1, 3);
    }

    private static Value Causality(GraphBuilder builder, int start, int length, int count)
    {
        // A finite number: with infinities a row without any visible key would be no number.
        const float Hidden = -1e30f;
        var mask = new float[length * count];
        for (var i = 0; i < length; i++)
        {
            mask.AsSpan((i * count) + start + i + 1, count - start - i - 1).Fill(Hidden);
        }

        return builder.Constant(new Shape(length, count), [.. mask]);
    }
}
