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
    }

    /// <summary>Nearest-neighbour resize.</summary>
    public static Value UpsampleNearest(this GraphBuilder builder, Value x, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new NearestUpsample(height, width), x);
    }
}
