using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Functions of single elements: arithmetic.</summary>
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

        internal override void Differentiate(GradientStep step) =>
            step.Give(0, () => step.Builder.Multiply(step.Dy, Slope(step.Builder, step.X(), step.Y)));

        /// <summary>dy/dx, element by element.</summary>
        internal abstract Value Slope(GraphBuilder b, Value x, Value y);
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
    public sealed record Sum : Binary
    {
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () => step.Dy);
            step.Give(1, () => step.Dy);
        }
    }

    /// <summary>a - b.</summary>
    public sealed record Difference : Binary
    {
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () => step.Dy);
            step.Give(1, () => step.Builder.Scale(step.Dy, -1));
        }
    }

    /// <summary>a * b.</summary>
    public sealed record Product : Binary
    {
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () => step.Builder.Multiply(step.Dy, step.X(1)));
            step.Give(1, () => step.Builder.Multiply(step.Dy, step.X(0)));
        }
    }

    /// <summary>a / b.</summary>
    public sealed record Quotient : Binary
    {
        // d(a / b) = da / b - (y / b) db.
        internal override void Differentiate(GradientStep step)
        {
            var b = step.Builder;
            step.Give(0, () => b.Divide(step.Dy, step.X(1)));
            step.Give(1, () => b.Scale(b.Multiply(step.Dy, b.Divide(step.Y, step.X(1))), -1));
        }
    }

    /// <summary>a + b.</summary>
    public static Value Add(this GraphBuilder builder, Value a, Value b) => Apply(builder, new Sum(), a, b);

    /// <summary>a - b.</summary>
    public static Value Subtract(this GraphBuilder builder, Value a, Value b) => Apply(builder, new Difference(), a, b);

    /// <summary>a * b.</summary>
    public static Value Multiply(this GraphBuilder builder, Value a, Value b) => Apply(builder, new Product(), a, b);

    /// <summary>a / b.</summary>
    public static Value Divide(this GraphBuilder builder, Value a, Value b) => Apply(builder, new Quotient(), a, b);

    /// <summary>factor * x.</summary>
    public static Value Scale(this GraphBuilder builder, Value x, float factor) => Apply(builder, new Product(), x, Number(builder, factor));

    /// <summary>x + summand.</summary>
    public static Value Shift(this GraphBuilder builder, Value x, float summand) => Apply(builder, new Sum(), x, Number(builder, summand));

    private static Value Number(GraphBuilder builder, float number)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Constant(new Shape(), [number]);
    }

    private static Value Apply(GraphBuilder builder, Op op, params ReadOnlySpan<Value> operands)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(op, operands);
    }
}
