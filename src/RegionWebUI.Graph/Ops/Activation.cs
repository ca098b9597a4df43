namespace RegionWebUI.Graph.Ops;

/// <summary>The non-linear functions between layers.</summary>
public static class Activation
{
    /// <summary>x * sigmoid(slope * x): SiLU for slope 1, QuickGELU for slope 1.702.</summary>
    /// <param name="Factor">Factor inside the sigmoid, above 0.</param>
    public sealed record Swish(float Factor) : Elementwise.Unary
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.Require(Factor > 0 && float.IsFinite(Factor), $"slope must be above 0, not {Factor}");
            return base.Rule(inputs);
        }

        // s + a x s (1 - s) = s (1 + a (x - y)) with s = sigmoid(a x).
        internal override Value Slope(GraphBuilder b, Value x, Value y)
        {
            var below = b.Subtract(x, y);
            return Factor == 1
                ? b.Multiply(b.Sigmoid(x), b.Shift(below, 1))
                : b.Multiply(b.Sigmoid(b.Scale(x, Factor)), b.Shift(b.Scale(below, Factor), 1));
        }
    }

    /// <summary>x * Phi(x), Phi the normal distribution function, by erf.</summary>
    public sealed record GeluErf : Elementwise.Unary
    {
        // Phi(x) + x phi(x).
        internal override Value Slope(GraphBuilder b, Value x, Value y)
        {
            var phi = b.Scale(b.Exp(b.Scale(b.Multiply(x, x), -0.5f)), (float)(1 / Math.Sqrt(2 * Math.PI)));
            var below = b.Shift(b.Scale(b.Erf(b.Scale(x, (float)Math.Sqrt(0.5))), 0.5f), 0.5f);
            return b.Add(below, b.Multiply(x, phi));
        }
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public sealed record Logistic : Elementwise.Unary
    {
        // y (1 - y).
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Subtract(y, b.Multiply(y, y));
    }

    /// <summary>max(x, 0).</summary>
    public sealed record Rectified : Elementwise.Unary
    {
        // 1 above 0, else 0; 0 at 0, as PyTorch has it.
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Between(x, 0, float.PositiveInfinity);
    }

    /// <summary>SiLU: x * sigmoid(x).</summary>
    public static Value Silu(this GraphBuilder builder, Value x) => Apply(builder, new Swish(1), x);

    /// <summary>QuickGELU: x * sigmoid(1.702 x), as OpenAI's CLIP.</summary>
    public static Value QuickGelu(this GraphBuilder builder, Value x) => Apply(builder, new Swish(1.702f), x);

    /// <summary>GELU by erf.</summary>
    public static Value Gelu(this GraphBuilder builder, Value x) => Apply(builder, new GeluErf(), x);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Value Sigmoid(this GraphBuilder builder, Value x) => Apply(builder, new Logistic(), x);

    /// <summary>max(x, 0).</summary>
    public static Value Relu(this GraphBuilder builder, Value x) => Apply(builder, new Rectified(), x);

    private static Value Apply(GraphBuilder builder, Op op, Value x)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(op, x);
    }
}
