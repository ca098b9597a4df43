using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph;

/// <summary>
/// A float32 tensor of a loss that is being written: immutable, of literal shape. Operators and methods write ops; operands broadcast as in
/// NumPy. Only expressions of one loss go together.
/// </summary>
public sealed class Expr
{
    /// <summary>Wraps a value of a graph that is being written.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="value">The value, float32.</param>
    public Expr(GraphBuilder builder, Value value)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        (Builder, Value) = (builder, value);
    }

    /// <summary>The graph that is being written.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>The value in it.</summary>
    public Value Value { get; }

    /// <summary>Literal shape.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>a + b.</summary>
    public static Expr operator +(Expr a, Expr b) => Of(a, b, (g, x, y) => g.Add(x, y));

    /// <summary>a + b.</summary>
    public static Expr operator +(Expr a, double b) => Of(a, (g, x) => g.Shift(x, (float)b));

    /// <summary>a - b.</summary>
    public static Expr operator -(Expr a, Expr b) => Of(a, b, (g, x, y) => g.Subtract(x, y));

    /// <summary>a - b.</summary>
    public static Expr operator -(Expr a, double b) => a + -b;

    /// <summary>a - b.</summary>
    public static Expr operator -(double a, Expr b) => (b * -1) + a;

    /// <summary>a b.</summary>
    public static Expr operator *(Expr a, Expr b) => Of(a, b, (g, x, y) => g.Multiply(x, y));

    /// <summary>a b.</summary>
    public static Expr operator *(Expr a, double b) => Of(a, (g, x) => g.Scale(x, (float)b));

    /// <summary>a b.</summary>
    public static Expr operator *(double a, Expr b) => b * a;

    /// <summary>a / b.</summary>
    public static Expr operator /(Expr a, Expr b) => Of(a, b, (g, x, y) => g.Divide(x, y));

    /// <summary>a / b.</summary>
    public static Expr operator /(Expr a, double b) => a * (1 / b);

    /// <summary>x^2.</summary>
    public Expr Square() => this * this;

    /// <summary>The square root; x must be above 0 for a finite derivative.</summary>
    public Expr Sqrt() => Of(this, (g, x) => g.Sqrt(x));

    /// <summary>exp(x).</summary>
    public Expr Exp() => Of(this, (g, x) => g.Exp(x));

    /// <summary>ln(x), x above 0.</summary>
    public Expr Log() => Of(this, (g, x) => g.Log(x));

    /// <summary>The angle whose sine is x, x within -1..1.</summary>
    public Expr Asin() => Of(this, (g, x) => g.Asin(x));

    /// <summary>max(x, 0).</summary>
    public Expr Relu() => Of(this, (g, x) => g.Relu(x));

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Expr Sigmoid() => Of(this, (g, x) => g.Sigmoid(x));

    /// <summary>x limited to [low, high].</summary>
    public Expr Clip(double low, double high) => Of(this, (g, x) => g.Clip(x, (float)low, (float)high));

    /// <summary>The sum over some axes, which stay with size 1; over all of them when none is named, then a scalar.</summary>
    public Expr Sum(params int[] axes) => Reduced(axes, (g, x, over) => g.Sum(x, over));

    /// <summary>The mean over some axes, which stay with size 1; over all of them when none is named, then a scalar.</summary>
    public Expr Mean(params int[] axes) => Reduced(axes, (g, x, over) => g.Mean(x, over));

    /// <summary>The same elements, row-major, under another shape.</summary>
    public Expr Reshape(params int[] dims) => Of(this, (g, x) => g.Reshape(x, dims));

    /// <summary>Axes in another order: axis i of the result is axis order[i].</summary>
    public Expr Transpose(params int[] order) => Of(this, (g, x) => g.Transpose(x, order));

    /// <summary>A run of neighbouring entries of one axis.</summary>
    public Expr Slice(int axis, int start, int length) => Of(this, (g, x) => g.Slice(x, axis, start, length));

    /// <summary>The matrix product over the last two axes.</summary>
    public Expr MatMul(Expr other, bool transpose = false) => Of(this, other, (g, x, y) => g.MatMul(x, y, transposeB: transpose));

    /// <summary>Expressions one after the other along an axis.</summary>
    public static Expr Concat(int axis, params Expr[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var part in parts)
        {
            parts[0].RequireSame(part);
        }

        return parts.Length == 1 ? parts[0] : new Expr(parts[0].Builder, parts[0].Builder.Concat(axis, [.. parts.Select(p => p.Value)]));
    }

    /// <summary>R_h X R_w^T over the last two axes: a resize, a crop or an adaptive pooling as two matrices that may be inputs.</summary>
    /// <param name="rows">R_h [H', H].</param>
    /// <param name="columns">R_w [W', W].</param>
    public Expr Map(Expr rows, Expr columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.MatMul(this).MatMul(columns, transpose: true);
    }

    private Expr Reduced(int[] axes, Func<GraphBuilder, Value, int[], Value> reduce)
    {
        ArgumentNullException.ThrowIfNull(axes);
        if (axes.Length > 0)
        {
            return Of(this, (g, x) => reduce(g, x, [.. axes.Order()]));
        }

        return Shape.Rank == 0 ? this : Of(this, (g, x) => g.Reshape(reduce(g, x, [.. Enumerable.Range(0, Shape.Rank)])));
    }

    private static Expr Of(Expr a, Func<GraphBuilder, Value, Value> write)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new Expr(a.Builder, write(a.Builder, a.Value));
    }

    private static Expr Of(Expr a, Expr b, Func<GraphBuilder, Value, Value, Value> write)
    {
        ArgumentNullException.ThrowIfNull(a);
        a.RequireSame(b);
        return new Expr(a.Builder, write(a.Builder, a.Value, b.Value));
    }

    private void RequireSame(Expr other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Builder != Builder)
        {
            throw new GraphException("Expressions of two losses do not go together.");
        }
    }
}
