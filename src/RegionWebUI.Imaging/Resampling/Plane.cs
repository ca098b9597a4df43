namespace RegionWebUI.Imaging.Resampling;

/// <summary>Samples of a picture, row by row, the channels of a pixel side by side.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples a pixel.</param>
/// <param name="Samples">Width x height x channels values.</param>
internal readonly record struct Plane<T>(int Width, int Height, int Channels, ReadOnlyMemory<T> Samples)
{
    public int RowLength => Width * Channels;

    public ReadOnlySpan<T> Row(int y) => Samples.Span.Slice(y * RowLength, RowLength);

    /// <summary>Wraps samples whose number was not checked yet.</summary>
    public static Plane<T> Checked(ReadOnlyMemory<T> samples, int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var needed = (long)width * height * channels;
        return samples.Length == needed
            ? new Plane<T>(width, height, channels, samples)
            : throw new ArgumentException($"A plane of {width} x {height} needs {needed} values, not {samples.Length}.", nameof(samples));
    }
}
