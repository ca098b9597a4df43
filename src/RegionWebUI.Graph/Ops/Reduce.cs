using System.Collections.Immutable;
using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Many elements to one, and one to many.</summary>
public static class Reduce
{
    /// <summary>One result for all elements along some axes, which stay with size 1.</summary>
    /// <param name="Axes">Axes from 0, rising, at least one.</param>
    public abstract record OverAxes(ImmutableArray<int> Axes) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var shape = inputs.Float(0);
            inputs.Require(
                Axes.Length > 0 && Axes[0] >= 0 && Axes[^1] < shape.Rank && Axes.Distinct().Order().SequenceEqual(Axes),
                $"[{string.Join(", ", Axes)}] are no rising axes of {shape}");
            return new TensorType(DType.Float32, Axes.Aggregate(shape, (s, axis) => s.With(axis, 1)));
        }

        /// <summary>How many elements become one.</summary>
        internal long Count(Shape shape) => Axes.Aggregate(1L, (n, axis) => n * shape[axis]);
    }

    /// <summary>The sum.</summary>
    /// <param name="Axes">Axes from 0, rising.</param>
    public sealed record Total(ImmutableArray<int> Axes) : OverAxes(Axes)
    {
        // Every element counts once.
        internal override void Differentiate(GradientStep step) => step.Give(0, () => step.Builder.SpreadTo(step.Dy, step.X().Shape));
    }

    /// <summary>The mean.</summary>
    /// <param name="Axes">Axes from 0, rising.</param>
    public sealed record Average(ImmutableArray<int> Axes) : OverAxes(Axes)
    {
        // Every element counts 1 / n.
        internal override void Differentiate(GradientStep step) => step.Give(
            0, () => step.Builder.SpreadTo(step.Builder.Scale(step.Dy, (float)(1.0 / Count(step.X().Shape))), step.X().Shape));
    }

    /// <summary>The same values for a larger shape, by NumPy broadcasting.</summary>
    /// <param name="Target">The shape.</param>
    public sealed record Spread(Shape Target) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            inputs.Require(Shape.Broadcast(inputs.Float(0), Target) == Target, $"{inputs[0].Shape} does not broadcast to {Target}");
            return new TensorType(DType.Float32, Target);
        }

        // What was spread is summed again.
        internal override void Differentiate(GradientStep step) => step.Give(0, () => step.Dy);
    }

    /// <summary>exp(x) / sum exp(x) along the last axis.</summary>
    public sealed record SoftmaxLast : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            inputs.Require(inputs.Float(0).Rank >= 1, "x must have rank 1 or more");
            return inputs[0];
        }

        // y (dy - sum(dy y)).
        internal override void Differentiate(GradientStep step) => step.Give(0, () =>
        {
            var b = step.Builder;
            var sum = b.Sum(b.Multiply(step.Dy, step.Y), step.Y.Shape.Rank - 1);
            return b.Multiply(step.Y, b.Subtract(step.Dy, sum));
        });
    }

    /// <summary>The sum over some axes, which stay with size 1.</summary>
    public static Value Sum(this GraphBuilder builder, Value x, params ReadOnlySpan<int> axes) => Apply(builder, new Total([.. axes]), x);

    /// <summary>The mean over some axes, which stay with size 1.</summary>
    public static Value Mean(this GraphBuilder builder, Value x, params ReadOnlySpan<int> axes) => Apply(builder, new Average([.. axes]), x);

    /// <summary>exp(x) / sum exp(x) along the last axis.</summary>
    public static Value Softmax(this GraphBuilder builder, Value x) => Apply(builder, new SoftmaxLast(), x);

    /// <summary>The same values for a larger shape.</summary>
    public static Value SpreadTo(this GraphBuilder builder, Value x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape == shape ? x : Apply(builder, new Spread(shape), x);
    }

    /// <summary>The sum over whatever broadcasting added to a shape.</summary>
    internal static Value SumTo(this GraphBuilder builder, Value x, Shape shape)
    {
        if (x.Shape == shape)
        {
            return x;
        }

        var added = x.Shape.Rank - shape.Rank;
        var axes = Enumerable.Range(0, x.Shape.Rank).Where(i => i < added || (shape[i - added] == 1 && x.Shape[i] != 1)).ToArray();
        var summed = axes.Length == 0 ? x : builder.Sum(x, axes);
        return summed.Shape == shape ? summed : builder.Reshape(summed, shape.Dims.AsSpan());
    }

    private static Value Apply(GraphBuilder builder, Op op, Value x)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(op, x);
    }
}
