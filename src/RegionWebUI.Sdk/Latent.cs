using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk;

/// <summary>
/// One latent picture: <c>Channels x Height x Width</c> values in row-major order, one cell per 8 x 8 pixels.
/// In contexts it is z, the variance-preserving state the UNet eats, or a prediction of the same shape (x0, eps).
/// Immutable by contract: nobody writes to <see cref="Data"/> after construction.
/// </summary>
/// <param name="Channels">Latent channels, 4 for every Stable Diffusion model.</param>
/// <param name="Height">Rows of cells.</param>
/// <param name="Width">Columns of cells.</param>
/// <param name="Data">The values; length <c>Channels * Height * Width</c>.</param>
/// <exception cref="ArgumentException">The length does not fit the shape.</exception>
public sealed record Latent(int Channels, int Height, int Width, ReadOnlyMemory<float> Data)
{
    /// <summary>The values, channel by channel and row by row.</summary>
    public ReadOnlyMemory<float> Data { get; } = Data.Length == (long)Channels * Height * Width
        ? Data
        : throw new ArgumentException(
            $"A latent of {Channels} x {Height} x {Width} needs {(long)Channels * Height * Width} values, not {Data.Length}.");

    /// <summary>The value of a cell.</summary>
    /// <param name="channel">Channel, from 0.</param>
    /// <param name="y">Row, from 0.</param>
    /// <param name="x">Column, from 0.</param>
    public float this[int channel, int y, int x] => Data.Span[(((channel * Height) + y) * Width) + x];

    /// <summary>The box that covers it all.</summary>
    public Box Frame => new(0, 0, Width, Height);

    /// <summary>A latent computed from one or several of equal shape, value by value in double precision.</summary>
    /// <param name="a">First operand.</param>
    /// <param name="b">Second operand, of equal shape.</param>
    /// <param name="value">The value from those of both.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Latent Zip(Latent a, Latent b, Func<double, double, double> value)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(value);
        RequireEqualShape(a, b);
        var data = new float[a.Data.Length];
        var left = a.Data.Span;
        var right = b.Data.Span;
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (float)value(left[i], right[i]);
        }

        return new Latent(a.Channels, a.Height, a.Width, data);
    }

    /// <summary>
    /// Inside where the mask is 1, outside where it is 0, each bit for bit; a mixture in between. The same for every channel.
    /// </summary>
    /// <param name="mask">One value per cell.</param>
    /// <param name="inside">What stands where the mask is 1.</param>
    /// <param name="outside">What stands where the mask is 0, of equal shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Latent Select(Mask mask, Latent inside, Latent outside)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(outside);
        RequireEqualShape(inside, outside);
        if (mask.Width != inside.Width || mask.Height != inside.Height)
        {
            throw new ArgumentException($"A mask of {mask.Width} x {mask.Height} does not fit a latent of {inside.Width} x {inside.Height} cells.");
        }

        var cells = inside.Height * inside.Width;
        var data = new float[inside.Data.Length];
        var shares = mask.Values.Span;
        var a = inside.Data.Span;
        var b = outside.Data.Span;
        for (var i = 0; i < data.Length; i++)
        {
            double share = shares[i % cells];
            data[i] = share switch
            {
                1 => a[i],
                0 => b[i],
                _ => (float)((share * a[i]) + ((1 - share) * b[i])),
            };
        }

        return new Latent(inside.Channels, inside.Height, inside.Width, data);
    }

    /// <summary>Adds value by value.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Latent operator +(Latent a, Latent b) => Zip(a, b, (x, y) => x + y);

    /// <summary>Subtracts value by value.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Latent operator -(Latent a, Latent b) => Zip(a, b, (x, y) => x - y);

    /// <summary>Scales every value.</summary>
    public static Latent operator *(double scale, Latent a) => Zip(a, a, (x, _) => scale * x);

    /// <summary>The cells of a box, as a latent of its size.</summary>
    /// <param name="box">Inside this latent.</param>
    /// <exception cref="ArgumentException">The box reaches outside.</exception>
    public Latent Crop(Box box)
    {
        RequireInside(box);
        var data = new float[Channels * box.Height * box.Width];
        var next = 0;
        for (var row = 0; row < Channels * box.Height; row++)
        {
            Data.Span.Slice(RowStart(box, row), box.Width).CopyTo(data.AsSpan(next));
            next += box.Width;
        }

        return new Latent(Channels, box.Height, box.Width, data);
    }

    /// <summary>This latent with the cells of a box replaced.</summary>
    /// <param name="patch">The new cells.</param>
    /// <param name="at">Where they go; of the patch's size, inside this latent.</param>
    /// <exception cref="ArgumentException">The box reaches outside or is not of the patch's size.</exception>
    public Latent Paste(Latent patch, Box at)
    {
        ArgumentNullException.ThrowIfNull(patch);
        RequireInside(at);
        if (patch.Channels != Channels || patch.Height != at.Height || patch.Width != at.Width)
        {
            throw new ArgumentException($"A patch of {patch.Channels} x {patch.Height} x {patch.Width} does not fit {at} of {Channels} channels.");
        }

        var data = Data.ToArray();
        for (var row = 0; row < Channels * at.Height; row++)
        {
            patch.Data.Span.Slice(row * at.Width, at.Width).CopyTo(data.AsSpan(RowStart(at, row)));
        }

        return new Latent(Channels, Height, Width, data);
    }

    /// <summary>Euclidean (L2) norm over all values.</summary>
    public double Norm()
    {
        double sum = 0;
        foreach (double value in Data.Span)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Standard deviation over all values, with n - 1 in the denominator as <c>torch.std</c>; 0 for one value.</summary>
    public double StandardDeviation()
    {
        double sum = 0, squares = 0;
        foreach (double value in Data.Span)
        {
            sum += value;
        }

        var mean = sum / Data.Length;
        foreach (double value in Data.Span)
        {
            squares += (value - mean) * (value - mean);
        }

        return Data.Length < 2 ? 0 : Math.Sqrt(squares / (Data.Length - 1));
    }

    private static void RequireEqualShape(Latent a, Latent b)
    {
        if (a.Channels != b.Channels || a.Height != b.Height || a.Width != b.Width)
        {
            throw new ArgumentException(
                $"Latents of {a.Channels} x {a.Height} x {a.Width} and {b.Channels} x {b.Height} x {b.Width} do not fit each other.");
        }
    }

    private void RequireInside(Box box)
    {
        if (!Frame.Contains(box))
        {
            throw new ArgumentException($"{box} is not inside a latent of {Width} x {Height} cells.");
        }
    }

    private int RowStart(Box box, int row) => (((row / box.Height * Height) + box.Y + (row % box.Height)) * Width) + box.X;
}
