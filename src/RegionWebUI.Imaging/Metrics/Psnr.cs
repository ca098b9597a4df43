namespace RegionWebUI.Imaging.Metrics;

/// <summary>Peak signal-to-noise ratio of 8-bit RGB pictures: 10 log10(255^2 / MSE), the mean squared error taken over all three channels.</summary>
public static class Psnr
{
    /// <summary>Compares two pictures.</summary>
    /// <param name="first">A picture.</param>
    /// <param name="second">A picture of the same size.</param>
    /// <returns>Decibels, at least 0; positive infinity when the pictures are equal.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Of(Image first, Image second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new ArgumentException(
                $"A picture of {second.Width} x {second.Height} cannot be compared with one of {first.Width} x {first.Height}.", nameof(second));
        }

        var a = first.Rgb.Span;
        var b = second.Rgb.Span[..a.Length];
        long squares = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            squares += difference * difference;
        }

        return 10 * Math.Log10(255.0 * 255.0 * a.Length / squares);
    }
}
