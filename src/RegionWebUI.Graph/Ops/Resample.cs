using System.Collections.Immutable;
using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Changes of picture size inside a network.</summary>
public static class Resample
{
    /// <summary>Nearest-neighbour resize of x [N, C, H, W]; output cell i reads input cell floor(i * H / Height).</summary>
    /// <param name="Height">Rows of the result, at least those of x.</param>
    /// <param name="Width">Columns of the result, at least those of x.</param>
    public sealed record NearestUpsample(int Height, int Width) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var x = inputs.Float(0, 4);
            inputs.Require(Height >= x[2] && Width >= x[3], $"{Height} x {Width} is smaller than {x}");
            return TensorType.Float(x[0], x[1], Height, Width);
        }

        // The sum over the cells that read a cell: of whole blocks their mean times their number, else by the transposed matrices.
        internal override void Differentiate(GradientStep step) => step.Give(0, () =>
        {
            var (b, x) = (step.Builder, step.X().Shape);
            var (down, across) = (Height / x[2], Width / x[3]);
            return down * x[2] == Height && across * x[3] == Width
                ? b.Scale(b.AveragePool(step.Dy, down, across), down * across)
                : b.MapRowsAndColumns(step.Dy, Reading(Height, x[2]), Reading(Width, x[3]), transposed: true);
        });

        private static (int Rows, int Columns, ImmutableArray<float> Entries) Reading(int size, int from)
        {
            var matrix = new float[size * from];
            for (var i = 0; i < size; i++)
            {
                matrix[(i * from) + (int)((long)i * from / size)] = 1;
            }

            return (size, from, [.. matrix]);
        }
    }

    /// <summary>Nearest-neighbour resize.</summary>
    public static Value UpsampleNearest(this GraphBuilder builder, Value x, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new NearestUpsample(height, width), x);
    }

    /// <summary>
    /// A linear change of size R_h X R_w^T as two constant matrices: exact, the same on every provider, and differentiable. What a resize, a
    /// crop or an adaptive pooling does is in the matrices.
    /// </summary>
    /// <param name="builder">Where it is written.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="rows">R_h [H', H], row-major.</param>
    /// <param name="columns">R_w [W', W], row-major.</param>
    /// <param name="transposed">The transposes of the matrices instead: then x is [N, C, H', W'] and the result [N, C, H, W].</param>
    public static Value MapRowsAndColumns(
        this GraphBuilder builder,
        Value x,
        (int Rows, int Columns, ImmutableArray<float> Entries) rows,
        (int Rows, int Columns, ImmutableArray<float> Entries) columns,
        bool transposed = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var down = builder.Constant(new Shape(rows.Rows, rows.Columns), rows.Entries);
        var across = builder.Constant(new Shape(columns.Rows, columns.Columns), columns.Entries);
        return builder.MatMul(builder.MatMul(down, x, transposeA: transposed), across, transposeB: !transposed);
    }
}
