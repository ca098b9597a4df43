namespace RegionWebUI.Sdk;

/// <summary>A rectangle in latent cells (8 pixels each), inside the lane it crops.</summary>
/// <param name="X">Left column.</param>
/// <param name="Y">Top row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct Box(int X, int Y, int Width, int Height)
{
    /// <summary>The column behind the last one.</summary>
    public int Right => X + Width;

    /// <summary>The row behind the last one.</summary>
    public int Bottom => Y + Height;

    /// <summary>
    /// The cells that a rectangle in fractions of the canvas touches: left and top edges rounded down, right and bottom edges up, cut at
    /// the canvas; at least one cell.
    /// </summary>
    /// <param name="x">Left edge, 0..1.</param>
    /// <param name="y">Top edge, 0..1.</param>
    /// <param name="width">Width, more than 0.</param>
    /// <param name="height">Height, more than 0.</param>
    /// <param name="canvas">The whole canvas, as <c>c.Frame</c> gives it.</param>
    public static Box OfFractions(double x, double y, double width, double height, Box canvas)
    {
        var (left, right) = Edges(x, width, canvas.Width);
        var (top, bottom) = Edges(y, height, canvas.Height);
        return new Box(left, top, right - left, bottom - top);
    }

    /// <summary>Whether the other lies wholly inside and has at least one cell.</summary>
    /// <param name="other">The other box.</param>
    public bool Contains(Box other) =>
        other is { Width: >= 1, Height: >= 1 } && other.X >= X && other.Y >= Y
        && (long)other.X + other.Width <= Right && (long)other.Y + other.Height <= Bottom;

    /// <summary>
    /// The box a UNet can crop without resampling inside: edges outward to multiples of <paramref name="granularity"/>, cut at the
    /// canvas; a side under twice the granularity grows at its far edge, or at its near edge where the canvas ends.
    /// </summary>
    /// <param name="granularity">Cells that become one at the UNet's coarsest level: 8 for Stable Diffusion.</param>
    /// <param name="canvas">The whole canvas.</param>
    public Box Snap(int granularity, Box canvas)
    {
        var (left, right) = Outward(X, Right, granularity, canvas.Width);
        var (top, bottom) = Outward(Y, Bottom, granularity, canvas.Height);
        return new Box(left, top, right - left, bottom - top);
    }

    /// <summary>As it is named in errors and logs.</summary>
    public override string ToString() => $"the box {Width} x {Height} at ({X}, {Y})";

    private static (int Near, int Far) Edges(double start, double size, int canvas)
    {
        var near = Math.Clamp((int)Math.Floor(start * canvas), 0, canvas - 1);
        return (near, Math.Clamp((int)Math.Ceiling((start + size) * canvas), near + 1, canvas));
    }

    private static (int Near, int Far) Outward(int near, int far, int granularity, int canvas)
    {
        near -= near % granularity;
        far = Math.Min(canvas, (far + granularity - 1) / granularity * granularity);
        if (far - near < 2 * granularity)
        {
            (near, far) = far < canvas ? (near, Math.Min(canvas, far + granularity)) : (Math.Max(0, near - granularity), far);
        }

        return (near, far);
    }
}
