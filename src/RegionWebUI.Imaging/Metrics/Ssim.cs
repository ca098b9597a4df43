namespace RegionWebUI.Imaging.Metrics;

/// <summary>
/// Structural similarity of 8-bit RGB pictures (Wang et al., Image quality assessment: from error visibility to structural similarity,
/// 2004), with the numbers of scikit-image: Gaussian window of 11 x 11 with sigma 1.5, K1 = 0.01, K2 = 0.03, biased covariances.
/// </summary>
public static class Ssim
{
    /// <summary>The smallest side of a picture that can be compared: the window's.</summary>
    public const int MinSide = (2 * SsimWindow.Radius) + 1;

    /// <summary>Compares two pictures: the mean over the places where the window lies inside the picture, then over the channels.</summary>
    /// <param name="first">A picture, each side at least <see cref="MinSide"/>.</param>
    /// <param name="second">A picture of the same size.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns>-1 to 1; 1 when the pictures are equal.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or a side is too small.</exception>
    public static double Of(Image first, Image second, CancellationToken cancellation = default)
    {
        var channels = OfChannels(first, second, SsimWindow.Radius, cancellation);
        return channels.Average();
    }

    /// <summary>The mean similarity of red, green and blue.</summary>
    /// <param name="first">A picture.</param>
    /// <param name="second">Another.</param>
    /// <param name="border">Pixels left out along each edge: 0 or <see cref="SsimWindow.Radius"/>.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    internal static double[] OfChannels(Image first, Image second, int border, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new ArgumentException(
                $"A picture of {second.Width} x {second.Height} cannot be compared with one of {first.Width} x {first.Height}.", nameof(second));
        }

        if (first.Width < MinSide || first.Height < MinSide)
        {
            throw new ArgumentException(
                $"Pictures of {first.Width} x {first.Height} are too small to compare their structure; each side must be at least {MinSide}.",
                nameof(first));
        }

        var window = new SsimWindow(first, second);
        var sums = new double[3];
        for (var y = border; y < first.Height - border; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = window.Row(y);
            for (var i = border * 3; i < row.Length - (border * 3); i++)
            {
                sums[i % 3] += row[i];
            }
        }

        var places = (double)(first.Width - (2 * border)) * (first.Height - (2 * border));
        return Array.ConvertAll(sums, sum => sum / places);
    }
}
