using System.Collections.Immutable;
using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Ops that move elements and change none.</summary>
public static class Layout
{
    /// <summary>The same elements in row-major order under another shape.</summary>
    /// <param name="Target">Shape with the operand's element count.</param>
    public sealed record Reshaped(Shape Target) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var x = inputs[0].Shape;
            inputs.Require(Target.Dims.All(d => d >= 1), $"{Target} has a dimension below 1");
            inputs.Require(x.ElementCount == Target.ElementCount, $"{x} has {x.ElementCount} elements, {Target} has {Target.ElementCount}");
            return new TensorType(inputs[0].DType, Target);
        }

        // The elements back under the old shape.
        internal override void Differentiate(GradientStep step) =>
            step.Give(0, () => step.Builder.Reshape(step.Dy, step.X().Shape.Dims.AsSpan()));
    }

    /// <summary>Axes in another order: result axis i is operand axis Order[i].</summary>
    /// <param name="Order">A permutation of the operand's axes.</param>
    public sealed record Transposed(ImmutableArray<int> Order) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var x = inputs[0].Shape;
            inputs.Require(Order.Order().SequenceEqual(Enumerable.Range(0, x.Rank)), $"[{string.Join(", ", Order)}] is no order of {x.Rank} axes");
            return new TensorType(inputs[0].DType, new Shape([.. Order.Select(axis => x[axis])]));
        }

        // The axes back in the old order.
        internal override void Differentiate(GradientStep step) => step.Give(
            0, () => step.Builder.Transpose(step.Dy, [.. Enumerable.Range(0, Order.Length).Select(axis => Order.IndexOf(axis))]));
    }

    /// <summary>Operands one after the other along an axis.</summary>
    /// <param name="Axis">Axis, from 0.</param>
    public sealed record Joined(int Axis) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 64);
            var first = inputs[0];
            inputs.Require(Axis >= 0 && Axis < first.Shape.Rank, $"axis {Axis} is not one of {first.Shape}");
            var total = 0;
            for (var i = 0; i < inputs.Count; i++)
            {
                var shape = inputs[i].Shape;
                inputs.Require(inputs[i].DType == first.DType, "operands must have one element type");
                inputs.Require(shape.Rank == first.Shape.Rank && shape.With(Axis, 1) == first.Shape.With(Axis, 1),
                    $"{shape} does not continue {first.Shape} along axis {Axis}");
                total = checked(total + shape[Axis]);
            }

            return new TensorType(first.DType, first.Shape.With(Axis, total));
        }

        // Each operand takes its own entries.
        internal override void Differentiate(GradientStep step)
        {
            for (var (operand, start) = (0, 0); operand < step.Count; start += step.X(operand++).Shape[Axis])
            {
                var (from, length) = (start, step.X(operand).Shape[Axis]);
                step.Give(operand, () => step.Builder.Slice(step.Dy, Axis, from, length));
            }
        }
    }

    /// <summary>A run of neighbouring entries of one axis.</summary>
    /// <param name="Axis">Axis, from 0.</param>
    /// <param name="Start">First entry.</param>
    /// <param name="Length">Number of entries, at least 1.</param>
    public sealed record Sliced(int Axis, int Start, int Length) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var x = inputs[0].Shape;
            inputs.Require(Axis >= 0 && Axis < x.Rank, $"axis {Axis} is not one of {x}");
            inputs.Require(
                Start >= 0 && Length >= 1 && Start + (long)Length <= x[Axis],
                $"entries {Start}..{Start + (long)Length} are not in axis {Axis} of {x}");
            return new TensorType(inputs[0].DType, x.With(Axis, Length));
        }

        // Zeros around what was taken.
        internal override void Differentiate(GradientStep step) => step.Give(
            0, () => step.Builder.Pad(step.Dy, Axis, Start, step.X().Shape[Axis] - Start - Length));
    }

    /// <summary>Zeros before and after along an axis.</summary>
    /// <param name="Axis">Axis, from 0.</param>
    /// <param name="Before">Zeros before, 0 or more.</param>
    /// <param name="After">Zeros after, 0 or more.</param>
    public sealed record Padded(int Axis, int Before, int After) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var x = inputs.Float(0);
            inputs.Require(Axis >= 0 && Axis < x.Rank, $"axis {Axis} is not one of {x}");
            inputs.Require(Before >= 0 && After >= 0, $"padding must not be negative, not {Before} and {After}");
            return new TensorType(DType.Float32, x.With(Axis, checked(x[Axis] + Before + After)));
        }

        // What is between the zeros.
        internal override void Differentiate(GradientStep step) => step.Give(
            0, () => step.Builder.Slice(step.Dy, Axis, Before, step.X().Shape[Axis]));
    }

    /// <summary>Another shape for the same elements.</summary>
    public static Value Reshape(this GraphBuilder builder, Value x, params ReadOnlySpan<int> dims) =>
        Apply(builder, new Reshaped(new Shape(dims)), x);

    /// <summary>Axes in another order.</summary>
    public static Value Transpose(this GraphBuilder builder, Value x, params ReadOnlySpan<int> order) =>
        Apply(builder, new Transposed([.. order]), x);

    /// <summary>Operands joined along an axis.</summary>
    public static Value Concat(this GraphBuilder builder, int axis, params ReadOnlySpan<Value> values) => Apply(builder, new Joined(axis), values);

    /// <summary>A run of entries of one axis.</summary>
    public static Value Slice(this GraphBuilder builder, Value x, int axis, int start, int length) =>
        Apply(builder, new Sliced(axis, start, length), x);

    /// <summary>Zeros before and after along an axis.</summary>
    public static Value Pad(this GraphBuilder builder, Value x, int axis, int before, int after) =>
        before == 0 && after == 0 ? x : Apply(builder, new Padded(axis, before, after), x);

    private static Value Apply(GraphBuilder builder, Op op, params ReadOnlySpan<Value> operands)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(op, operands);
    }
}
