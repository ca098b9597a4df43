using RegionWebUI.Imaging.Resampling;

namespace RegionWebUI.Imaging.Blurring;

/// <summary>
/// A Gaussian blur made of three box blurs, with the same numbers as Pillow's. Beyond an edge its last pixel goes on.
/// </summary>
public static class GaussianBlur
{
    /// <summary>The largest radius.</summary>
    public const double MaxRadius = 1024;

    private const int Passes = 3;

    /// <summary>Blurs a picture.</summary>
    /// <param name="image">Any picture.</param>
    /// <param name="radius">Standard deviation in pixels, 0 to <see cref="MaxRadius"/>; 0 changes nothing.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns>A picture of the same size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside its range.</exception>
    public static Image Apply(Image image, double radius, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var blurred = Run(new Plane<byte>(image.Width, image.Height, 3, image.Rgb), radius, cancellation);
        return new Image(image.Width, image.Height, blurred);
    }

    /// <summary>Blurs an 8-bit plane of one channel, such as a mask.</summary>
    /// <param name="plane">Values row by row.</param>
    /// <param name="width">Values per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="radius">Standard deviation in pixels, 0 to <see cref="MaxRadius"/>; 0 changes nothing.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns><c>width * height</c> values.</returns>
    /// <exception cref="ArgumentException">The length does not fit the size, or the radius is outside its range.</exception>
    public static ReadOnlyMemory<byte> Apply(
        ReadOnlyMemory<byte> plane, int width, int height, double radius, CancellationToken cancellation = default) =>
        Run(Plane<byte>.Checked(plane, width, height, 1), radius, cancellation);

    private static byte[] Run(Plane<byte> source, double radius, CancellationToken cancellation)
    {
        if (!(radius is >= 0 and <= MaxRadius))
        {
            throw new ArgumentOutOfRangeException(nameof(radius), radius, $"The blur's radius is {radius}; it must be 0 to {MaxRadius}.");
        }

        return BoxBlur.Run(source, BoxRadius((float)radius), Passes, cancellation);
    }

    // Gwosdek et al., Theoretical foundations of Gaussian convolution by extended box filtering (2011), Eqs. (7), (11), (14):
    // the radius of a box, three of which in a row have the Gaussian's variance. In single precision, as Pillow computes it.
    private static float BoxRadius(float radius)
    {
        var sigma2 = radius * radius / Passes;
        var length = (float)Math.Sqrt((12.0 * sigma2) + 1.0);
        var whole = (float)Math.Floor((length - 1.0) / 2.0);
        var share = (float)(((2 * whole) + 1) * ((whole * (whole + 1)) - (3.0 * sigma2)));
        share /= 6 * (sigma2 - ((whole + 1) * (whole + 1)));
        return whole + share;
    }
}
