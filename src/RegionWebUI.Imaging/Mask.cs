namespace RegionWebUI.Imaging;

/// <summary>
/// A soft selection, one value per pixel or latent cell, row-major: 1 is inside (edited), 0 is outside (kept).
/// Immutable by contract: nobody writes to <see cref="Values"/> after construction.
/// </summary>
public sealed class Mask
{
    /// <summary>Wraps values without copying.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="values">Exactly <c>width * height</c> values of 0..1.</param>
    /// <exception cref="ArgumentException">The length does not fit the size, or a value is outside 0..1.</exception>
    public Mask(int width, int height, ReadOnlyMemory<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (values.Length != (long)width * height)
        {
            throw new ArgumentException($"A mask of {width} x {height} needs {(long)width * height} values, not {values.Length}.", nameof(values));
        }

        foreach (var value in values.Span)
        {
            if (!(value is >= 0 and <= 1))
            {
                throw new ArgumentException($"The mask value {value} is outside 0..1.", nameof(values));
            }
        }

        Width = width;
        Height = height;
        Values = values;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>0..1 for each place, row by row.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The value at a place.</summary>
    /// <param name="x">Column, from 0.</param>
    /// <param name="y">Row, from 0.</param>
    public float this[int x, int y] => Values.Span[(y * Width) + x];

    /// <summary>A mask with one value everywhere.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="value">The value, 0..1.</param>
    public static Mask Full(int width, int height, float value = 1)
    {
        var values = new float[width * height];
        Array.Fill(values, value);
        return new Mask(width, height, values);
    }

    /// <summary>A mask computed place by place.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="value">0..1 from column and row.</param>
    /// <exception cref="ArgumentException">A value is outside 0..1.</exception>
    public static Mask Of(int width, int height, Func<int, int, float> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var values = new float[width * height];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(i % width, i / width);
        }

        return new Mask(width, height, values);
    }

    /// <summary>A painted mask: white is 1, black is 0, colours by their lightness (ITU-R 601-2, as Pillow's mode L).</summary>
    /// <param name="painted">The picture.</param>
    public static Mask FromImage(Image painted)
    {
        ArgumentNullException.ThrowIfNull(painted);
        var rgb = painted.Rgb;
        return Of(painted.Width, painted.Height, (x, y) =>
        {
            var pixel = rgb.Span.Slice(((y * painted.Width) + x) * 3, 3);
            return (((pixel[0] * 19595) + (pixel[1] * 38470) + (pixel[2] * 7471) + 0x8000) >> 16) / 255f;
        });
    }

    /// <summary>The mean over blocks of <paramref name="factor"/> x <paramref name="factor"/> places: from pixels to latent cells.</summary>
    /// <param name="factor">Side of a block; both sides of the mask are multiples of it.</param>
    /// <exception cref="ArgumentException">The size is no multiple of the factor.</exception>
    public Mask Average(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (Width % factor != 0 || Height % factor != 0)
        {
            throw new ArgumentException($"A mask of {Width} x {Height} cannot be cut into blocks of {factor} x {factor}.", nameof(factor));
        }

        return Of(Width / factor, Height / factor, (cellX, cellY) =>
        {
            double sum = 0;
            for (var y = cellY * factor; y < (cellY + 1) * factor; y++)
            {
                for (var x = cellX * factor; x < (cellX + 1) * factor; x++)
                {
                    sum += this[x, y];
                }
            }

            return (float)(sum / (factor * factor));
        });
    }

    /// <summary>A hard mask: 1 where the value is at least <paramref name="least"/>, else 0.</summary>
    /// <param name="least">The threshold.</param>
    public Mask Hard(float least = 0.5f) => Of(Width, Height, (x, y) => this[x, y] >= least ? 1 : 0);

    /// <summary>Inside and outside exchanged.</summary>
    public Mask Inverted() => Of(Width, Height, (x, y) => 1 - this[x, y]);
}
