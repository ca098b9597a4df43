namespace RegionWebUI.Imaging;

/// <summary>
/// An 8-bit RGB picture, row-major, three bytes a pixel. Immutable by contract: nobody writes to <see cref="Rgb"/> after construction.
/// </summary>
public sealed class Image
{
    /// <summary>Wraps pixels without copying.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="rgb">Exactly <c>width * height * 3</c> bytes.</param>
    /// <exception cref="ArgumentException">The length does not fit the size.</exception>
    public Image(int width, int height, ReadOnlyMemory<byte> rgb)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.Length != (long)width * height * 3)
        {
            throw new ArgumentException($"A picture of {width} x {height} needs {(long)width * height * 3} bytes, not {rgb.Length}.", nameof(rgb));
        }

        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>Red, green, blue of each pixel, row by row.</summary>
    public ReadOnlyMemory<byte> Rgb { get; }
}
