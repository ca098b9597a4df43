namespace RegionWebUI.Graph.Ops;

/// <summary>The functions of analysis.</summary>
public static class Function
{
    /// <summary>exp(x).</summary>
    public sealed record Exponential : Elementwise.Unary
    {
        internal override Value Slope(GraphBuilder b, Value x, Value y) => y;
    }

    /// <summary>ln(x), x above 0.</summary>
    public sealed record Logarithm : Elementwise.Unary
    {
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Divide(b.Constant(new Shape(), [1]), x);
    }

    /// <summary>The square root, x above 0.</summary>
    public sealed record SquareRoot : Elementwise.Unary
    {
        // 1 / (2 y).
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Divide(b.Constant(new Shape(), [0.5f]), y);
    }

    /// <summary>Sine.</summary>
    public sealed record Sine : Elementwise.Unary
    {
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Cos(x);
    }

    /// <summary>Cosine.</summary>
    public sealed record Cosine : Elementwise.Unary
    {
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Scale(b.Sin(x), -1);
    }

    /// <summary>The angle in -pi/2..pi/2 whose sine is x, x in -1..1.</summary>
    public sealed record ArcSine : Elementwise.Unary
    {
        // 1 / sqrt(1 - x^2).
        internal override Value Slope(GraphBuilder b, Value x, Value y) =>
            b.Divide(b.Constant(new Shape(), [1]), b.Sqrt(b.Shift(b.Scale(b.Multiply(x, x), -1), 1)));
    }

    /// <summary>The error function.</summary>
    public sealed record ErrorFunction : Elementwise.Unary
    {
        // 2 / sqrt(pi) exp(-x^2).
        internal override Value Slope(GraphBuilder b, Value x, Value y) =>
            b.Scale(b.Exp(b.Scale(b.Multiply(x, x), -1)), (float)(2 / Math.Sqrt(Math.PI)));
    }

    /// <summary>x limited to [Low, High].</summary>
    /// <param name="Low">Least result.</param>
    /// <param name="High">Greatest result, above <paramref name="Low"/>.</param>
    public sealed record Clamp(float Low, float High) : Elementwise.Unary
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.Require(Low < High, $"the limits {Low} and {High} are out of order");
            return base.Rule(inputs);
        }

        // 1 where nothing was cut off, the limits included, as PyTorch has it; else 0.
        internal override Value Slope(GraphBuilder b, Value x, Value y) => b.Equal(x, y);
    }

    /// <summary>exp(x).</summary>
    public static Value Exp(this GraphBuilder builder, Value x) => Apply(builder, new Exponential(), x);

    /// <summary>ln(x).</summary>
    public static Value Log(this GraphBuilder builder, Value x) => Apply(builder, new Logarithm(), x);

    /// <summary>The square root.</summary>
    public static Value Sqrt(this GraphBuilder builder, Value x) => Apply(builder, new SquareRoot(), x);

    /// <summary>Sine.</summary>
    public static Value Sin(this GraphBuilder builder, Value x) => Apply(builder, new Sine(), x);

    /// <summary>Cosine.</summary>
    public static Value Cos(this GraphBuilder builder, Value x) => Apply(builder, new Cosine(), x);

    /// <summary>The angle whose sine is x.</summary>
    public static Value Asin(this GraphBuilder builder, Value x) => Apply(builder, new ArcSine(), x);

    /// <summary>The error function.</summary>
    public static Value Erf(this GraphBuilder builder, Value x) => Apply(builder, new ErrorFunction(), x);

    /// <summary>x limited to [low, high].</summary>
    public static Value Clip(this GraphBuilder builder, Value x, float low, float high) => Apply(builder, new Clamp(low, high), x);

    private static Value Apply(GraphBuilder builder, Op op, Value x)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(op, x);
    }
}
