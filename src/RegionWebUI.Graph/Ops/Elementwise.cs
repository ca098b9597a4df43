namespace RegionWebUI.Graph.Ops;

/// <summary>Functions of single elements.</summary>
public static class Elementwise
{
    /// <summary>A function of one float32 operand; the result has its shape.</summary>
    public abstract record Unary : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            _ = inputs.Float(0);
            return inputs[0];
        }
    }

    /// <summary>A function of two float32 operands under NumPy broadcasting.</summary>
    public abstract record Binary : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 2);
            var (a, b) = (inputs.Float(0), inputs.Float(1));
            var shape = Shape.Broadcast(a, b);
            inputs.Require(shape is not null, $"{a} and {b} do not broadcast");
            return new TensorType(DType.Float32, shape!.Value);
        }
    }

    /// <summary>a + b.</summary>
    public sealed record Sum : Binary;

    /// <summary>a * b.</summary>
    public sealed record Product : Binary;

    /// <summary>x * sigmoid(slope * x): SiLU for slope 1, QuickGELU for slope 1.702.</summary>
    /// <param name="Slope">Factor inside the sigmoid, above 0.</param>
    public sealed record Swish(float Slope) : Unary
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.Require(Slope > 0 && float.IsFinite(Slope), $"slope must be above 0, not {Slope}");
            return base.Rule(inputs);
        }
    }

    /// <summary>x * Phi(x), Phi the normal distribution function, by erf.</summary>
    public sealed record GeluErf : Unary;

    /// <summary>Sine.</summary>
    public sealed record Sine : Unary;

    /// <summary>Cosine.</summary>
    public sealed record Cosine : Unary;

    /// <summary>x limited to [Low, High].</summary>
    /// <param name="Low">Least result.</param>
    /// <param name="High">Greatest result, above <paramref name="Low"/>.</param>
    public sealed record Clamp(float Low, float High) : Unary
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.Require(Low < High, $"the limits {Low} and {High} are out of order");
            return base.Rule(inputs);
        }
    }

    /// <summary>a + b.</summary>
    public static Value Add(this GraphBuilder builder, Value a, Value b) => Apply(builder, new Sum(), a, b);

    /// <summary>a * b.</summary>
    public static Value Multiply(this GraphBuilder builder, Value a, Value b) => Apply(builder, new Product(), a, b);

    /// <summary>SiLU: x * sigmoid(x).</summary>
    public static Value Silu(this GraphBuilder builder, Value x) => Apply(builder, new Swish(1), x);

    /// <summary>QuickGELU: x * sigmoid(1.702 x), as OpenAI's CLIP.</summary>
    public static Value QuickGelu(this GraphBuilder builder, Value x) => Apply(builder, new Swish(1.702f), x);

    /// <summary>GELU by erf.</summary>
    public static Value Gelu(this GraphBuilder builder, Value x) => Apply(builder, new GeluErf(), x);

    /// <summary>Sine.</summary>
    public static Value Sin(this GraphBuilder builder, Value x) => Apply(builder, new Sine(), x);

    /// <summary>Cosine.</summary>
    public static Value Cos(this GraphBuilder builder, Value x) => Apply(builder, new Cosine(), x);

    /// <summary>x limited to [low, high].</summary>
    public static Value Clip(this GraphBuilder builder, Value x, float low, float high) => Apply(builder, new Clamp(low, high), x);

    private static Value Apply(GraphBuilder builder, Op op, params ReadOnlySpan<Value> operands)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(op, operands);
    }
}
