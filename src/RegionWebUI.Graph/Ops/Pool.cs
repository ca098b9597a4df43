using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>One cell for each block of a picture; blocks do not overlap, and what is left over at the end is not read.</summary>
public static class Pool
{
    /// <summary>Blocks of x [N, C, H, W].</summary>
    /// <param name="Height">Rows of a block, at least 1.</param>
    /// <param name="Width">Columns of a block, at least 1.</param>
    public abstract record Blocks(int Height, int Width) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var x = inputs.Float(0, 4);
            inputs.Require(Height >= 1 && Width >= 1 && Height <= x[2] && Width <= x[3], $"blocks of {Height} x {Width} do not fit into {x}");
            return TensorType.Float(x[0], x[1], x[2] / Height, x[3] / Width);
        }

        /// <summary>A value per block for each of its cells, zeros in what is left over.</summary>
        internal Value Unpool(GraphBuilder b, Value perBlock, Shape x)
        {
            var (rows, columns) = (perBlock.Shape[2] * Height, perBlock.Shape[3] * Width);
            var spread = b.UpsampleNearest(perBlock, rows, columns);
            return b.Pad(b.Pad(spread, 2, 0, x[2] - rows), 3, 0, x[3] - columns);
        }
    }

    /// <summary>The mean of each block.</summary>
    /// <param name="Height">Rows of a block.</param>
    /// <param name="Width">Columns of a block.</param>
    public sealed record Average(int Height, int Width) : Blocks(Height, Width)
    {
        internal override void Differentiate(GradientStep step) => step.Give(
            0, () => Unpool(step.Builder, step.Builder.Scale(step.Dy, 1f / (Height * Width)), step.X().Shape));
    }

    /// <summary>The greatest of each block.</summary>
    /// <param name="Height">Rows of a block.</param>
    /// <param name="Width">Columns of a block.</param>
    public sealed record Greatest(int Height, int Width) : Blocks(Height, Width)
    {
        // dy goes to the greatest; those of equal size share it.
        internal override void Differentiate(GradientStep step) => step.Give(0, () =>
        {
            var (b, x, y) = (step.Builder, step.X(), step.Y.Shape);
            var whole = b.Slice(b.Slice(x, 2, 0, y[2] * Height), 3, 0, y[3] * Width);
            var greatest = b.Equal(whole, b.UpsampleNearest(step.Y, y[2] * Height, y[3] * Width));
            var count = b.Scale(b.AveragePool(greatest, Height, Width), Height * Width);
            var share = b.UpsampleNearest(b.Divide(step.Dy, count), y[2] * Height, y[3] * Width);
            var taken = b.Multiply(greatest, share);
            return b.Pad(b.Pad(taken, 2, 0, x.Shape[2] - (y[2] * Height)), 3, 0, x.Shape[3] - (y[3] * Width));
        });
    }

    /// <summary>The mean of each block.</summary>
    public static Value AveragePool(this GraphBuilder builder, Value x, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Average(height, width), x);
    }

    /// <summary>The greatest of each block.</summary>
    public static Value MaxPool(this GraphBuilder builder, Value x, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Greatest(height, width), x);
    }
}
