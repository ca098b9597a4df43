using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Products of matrices that are both computed.</summary>
public static class Matrix
{
    /// <summary>
    /// a b over the last two axes, either of them transposed. Operands [..., N, K] and [..., K, M] of one rank and one batch, or one of them
    /// of rank 2 for every matrix of the other.
    /// </summary>
    /// <param name="TransposeA">a is given as [..., K, N].</param>
    /// <param name="TransposeB">b is given as [..., M, K].</param>
    public sealed record Product(bool TransposeA, bool TransposeB) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 2);
            var (a, b) = (inputs.Float(0), inputs.Float(1));
            inputs.Require(a.Rank >= 2 && b.Rank >= 2, $"{a} and {b} must have rank 2 or more");
            inputs.Require(
                a.Rank == 2 || b.Rank == 2 || a.Dims[..^2].SequenceEqual(b.Dims[..^2]), $"{a} and {b} must hold equally many matrices");
            var (rows, inner) = TransposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
            var (innerOfB, columns) = TransposeB ? (b[^1], b[^2]) : (b[^2], b[^1]);
            inputs.Require(inner == innerOfB, $"{a} and {b} do not fit: {inner} columns and {innerOfB} rows");
            return new TensorType(DType.Float32, new Shape([.. (a.Rank > 2 ? a : b).Dims[..^2], rows, columns]));
        }

        // y = a b: da = dy b^T, db = a^T dy; for a transposed operand the transpose of that.
        internal override void Differentiate(GradientStep step)
        {
            var (b, dy, left, right) = (step.Builder, step.Dy, step.X(0), step.X(1));
            step.Give(0, () => TransposeA ? b.MatMul(right, dy, TransposeB, true) : b.MatMul(dy, right, false, !TransposeB));
            step.Give(1, () => TransposeB ? b.MatMul(dy, left, true, TransposeA) : b.MatMul(left, dy, !TransposeA, false));
        }
    }

    /// <summary>a b over the last two axes.</summary>
    public static Value MatMul(this GraphBuilder builder, Value a, Value b, bool transposeA = false, bool transposeB = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Product(transposeA, transposeB), a, b);
    }
}
