using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Reading rows by index.</summary>
public static class Lookup
{
    /// <summary>Rows of a table. Operands table [V, D], indices int64 [...]; result [..., D].</summary>
    public sealed record Rows : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 2);
            var table = inputs.Float(0, 2);
            var indices = inputs.Typed(1, DType.Int64);
            inputs.Require(indices.Rank >= 1, "indices must have rank 1 or more");
            return new TensorType(DType.Float32, new Shape([.. indices.Dims, table[1]]));
        }

        // The table is trained and the indices are whole numbers: neither has a derivative here.
        internal override void Differentiate(GradientStep step) => step.RefuseFrom(0);
    }

    /// <summary>One row of each batch entry. Operands x [B, N, D], positions int64 [B, 1]; result [B, D].</summary>
    public sealed record RowOfEach : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 2);
            var x = inputs.Float(0, 3);
            var positions = inputs.Typed(1, DType.Int64, 2);
            inputs.Require(positions[0] == x[0] && positions[1] == 1, $"positions must be [{x[0]}, 1], not {positions}");
            return TensorType.Float(x[0], x[2]);
        }

        // dy in the row that was taken, zeros in the others.
        internal override void Differentiate(GradientStep step)
        {
            var b = step.Builder;
            var x = step.X().Shape;
            step.Give(0, () => b.Multiply(
                b.Reshape(b.MarkEach(step.X(1), x[1]), x[0], x[1], 1), b.Reshape(step.Dy, x[0], 1, x[2])));
            step.RefuseFrom(1);
        }
    }

    /// <summary>A 1 at a position of each batch entry, zeros elsewhere. Operand positions int64 [B, 1]; result [B, Length].</summary>
    /// <param name="Length">Positions there are, at least 1.</param>
    public sealed record MarkOfEach(int Length) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var positions = inputs.Typed(0, DType.Int64, 2);
            inputs.Require(positions[1] == 1, $"positions must be [B, 1], not {positions}");
            inputs.Require(Length >= 1, $"there must be at least 1 position, not {Length}");
            return TensorType.Float(positions[0], Length);
        }
    }

    /// <summary>Rows of a table.</summary>
    public static Value TakeRows(this GraphBuilder builder, Value table, Value indices)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Rows(), table, indices);
    }

    /// <summary>A 1 at a position of each batch entry.</summary>
    public static Value MarkEach(this GraphBuilder builder, Value positions, int length)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new MarkOfEach(length), positions);
    }

    /// <summary>One row of each batch entry.</summary>
    public static Value TakeRowOfEach(this GraphBuilder builder, Value x, Value positions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new RowOfEach(), x, positions);
    }
}
