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
    }

    /// <summary>Rows of a table.</summary>
    public static Value TakeRows(this GraphBuilder builder, Value table, Value indices)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Rows(), table, indices);
    }

    /// <summary>One row of each batch entry.</summary>
    public static Value TakeRowOfEach(this GraphBuilder builder, Value x, Value positions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new RowOfEach(), x, positions);
    }
}
