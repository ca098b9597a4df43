using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Resampling;

/// <summary>
/// Resizes pictures and planes with the same numbers as Pillow: first every row, then every column, each with weights from the filter
/// that is stretched when reducing; 8-bit samples in 22-bit fixed point, rounded and clipped after each pass. New sides are 1 to 16384
/// pixels, at most 64 Mi pixels. A size that stays gives the same values.
/// </summary>
public static class Resampler
{
    /// <summary>Resizes a picture.</summary>
    /// <param name="image">Any picture.</param>
    /// <param name="width">New pixels per row.</param>
    /// <param name="height">New rows.</param>
    /// <param name="filter">How pixels are weighed.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns>A picture of the new size.</returns>
    /// <exception cref="ArgumentException">The new size is not allowed, or the filter does not exist.</exception>
    public static Image Resize(Image image, int width, int height, ResampleFilter filter, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Resize(image, SourceBox.Whole(image.Width, image.Height), width, height, filter, cancellation);
    }

    /// <summary>Resizes a part of a picture.</summary>
    /// <param name="image">Any picture.</param>
    /// <param name="box">The part, within the picture.</param>
    /// <param name="width">New pixels per row.</param>
    /// <param name="height">New rows.</param>
    /// <param name="filter">How pixels are weighed.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns>A picture of the new size.</returns>
    /// <exception cref="ArgumentException">The new size or the part is not allowed, or the filter does not exist.</exception>
    public static Image Resize(
        Image image, SourceBox box, int width, int height, ResampleFilter filter, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var source = new Plane<byte>(image.Width, image.Height, 3, image.Rgb);
        return new Image(width, height, Run(source, box, width, height, filter, cancellation));
    }

    /// <summary>Resizes an 8-bit plane of one channel.</summary>
    /// <param name="plane">Values row by row.</param>
    /// <param name="planeWidth">Values per row.</param>
    /// <param name="planeHeight">Rows.</param>
    /// <param name="width">New values per row.</param>
    /// <param name="height">New rows.</param>
    /// <param name="filter">How values are weighed.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns><c>width * height</c> values.</returns>
    /// <exception cref="ArgumentException">The length does not fit the size, the new size is not allowed, or the filter does not exist.</exception>
    public static ReadOnlyMemory<byte> Resize(
        ReadOnlyMemory<byte> plane, int planeWidth, int planeHeight, int width, int height, ResampleFilter filter,
        CancellationToken cancellation = default)
    {
        var source = Plane<byte>.Checked(plane, planeWidth, planeHeight, 1);
        return Run(source, SourceBox.Whole(planeWidth, planeHeight), width, height, filter, cancellation);
    }

    /// <summary>Resizes a plane of floats, such as a mask. Values are not clipped: Bicubic and Lanczos may overshoot at edges.</summary>
    /// <param name="plane">Values row by row, of any range.</param>
    /// <param name="planeWidth">Values per row.</param>
    /// <param name="planeHeight">Rows.</param>
    /// <param name="width">New values per row.</param>
    /// <param name="height">New rows.</param>
    /// <param name="filter">How values are weighed.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns><c>width * height</c> values.</returns>
    /// <exception cref="ArgumentException">The length does not fit the size, the new size is not allowed, or the filter does not exist.</exception>
    public static ReadOnlyMemory<float> Resize(
        ReadOnlyMemory<float> plane, int planeWidth, int planeHeight, int width, int height, ResampleFilter filter,
        CancellationToken cancellation = default)
    {
        var source = Plane<float>.Checked(plane, planeWidth, planeHeight, 1);
        var box = SourceBox.Whole(planeWidth, planeHeight);
        CheckSize(width, height);
        if (filter == ResampleFilter.Nearest)
        {
            return NearestPass.Run(source, box, width, height, cancellation).Samples;
        }

        var vertical = new ResampleKernel(planeHeight, box.Top, box.Bottom, height, filter);
        if (width != planeWidth)
        {
            var horizontal = new ResampleKernel(planeWidth, box.Left, box.Right, width, filter);
            source = FloatPass.Horizontal(source, horizontal, 0, planeHeight, cancellation);
        }

        return (height == planeHeight ? source : FloatPass.Vertical(source, vertical, 0, cancellation)).Samples;
    }

    /// <summary>Resizes pixels with opacity. Colours are weighed by their opacity, so that colours nobody sees do not bleed into others.</summary>
    /// <param name="rgba">Red, green, blue, opacity of each pixel, row by row, not premultiplied.</param>
    /// <param name="sourceWidth">Pixels per row.</param>
    /// <param name="sourceHeight">Rows.</param>
    /// <param name="width">New pixels per row.</param>
    /// <param name="height">New rows.</param>
    /// <param name="filter">How pixels are weighed.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns><c>width * height * 4</c> values, not premultiplied.</returns>
    /// <exception cref="ArgumentException">The length does not fit the size, the new size is not allowed, or the filter does not exist.</exception>
    public static ReadOnlyMemory<byte> ResizeRgba(
        ReadOnlyMemory<byte> rgba, int sourceWidth, int sourceHeight, int width, int height, ResampleFilter filter,
        CancellationToken cancellation = default)
    {
        var source = Plane<byte>.Checked(rgba, sourceWidth, sourceHeight, 4);
        if ((width, height) == (sourceWidth, sourceHeight))
        {
            return rgba;
        }

        var box = SourceBox.Whole(sourceWidth, sourceHeight);
        if (filter == ResampleFilter.Nearest)
        {
            return Run(source, box, width, height, filter, cancellation);
        }

        var premultiplied = source with { Samples = Premultiplied.From(rgba.Span) };
        return Premultiplied.Undo(Run(premultiplied, box, width, height, filter, cancellation).Span);
    }

    private static ReadOnlyMemory<byte> Run(
        Plane<byte> source, SourceBox box, int width, int height, ResampleFilter filter, CancellationToken cancellation)
    {
        CheckSize(width, height);
        box.CheckInside(source.Width, source.Height);
        if (filter == ResampleFilter.Nearest)
        {
            return NearestPass.Run(source, box, width, height, cancellation).Samples;
        }

        var vertical = new ResampleKernel(source.Height, box.Top, box.Bottom, height, filter);
        var keepsColumns = (box.Left, box.Right, width) == (0, source.Width, source.Width);
        var keepsRows = (box.Top, box.Bottom, height) == (0, source.Height, source.Height);
        var first = 0;
        if (!keepsColumns)
        {
            // Rows that no new row needs are not resized; when rows stay as they are, every one is needed.
            (first, var end) = keepsRows ? (0, source.Height) : (vertical.First, vertical.End);
            var horizontal = new ResampleKernel(source.Width, box.Left, box.Right, width, filter);
            source = BytePass.Horizontal(source, horizontal, first, end, cancellation);
        }

        return (keepsRows ? source : BytePass.Vertical(source, vertical, first, cancellation)).Samples;
    }

    private static void CheckSize(int width, int height)
    {
        if (PictureLimits.Default.ProblemOf(width, height) is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }
}
