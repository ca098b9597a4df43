namespace RegionWebUI.Imaging.Resampling;

/// <summary>Takes the pixel under each new pixel's centre.</summary>
internal static class NearestPass
{
    public static Plane<T> Run<T>(Plane<T> source, SourceBox box, int width, int height, CancellationToken cancellation)
    {
        var columns = Centers(box.Left, box.Right, width, source.Width);
        var rows = Centers(box.Top, box.Bottom, height, source.Height);
        var channels = source.Channels;
        var result = new T[width * height * channels];
        for (var y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (from, to) = (source.Samples.Slice(rows[y] * source.RowLength, source.RowLength), result.AsMemory(y * width * channels));
            for (var x = 0; x < width; x++)
            {
                from.Span.Slice(columns[x] * channels, channels).CopyTo(to.Span[(x * channels)..]);
            }
        }

        return new Plane<T>(width, height, channels, result);
    }

    private static int[] Centers(float from, float to, int length, int sourceLength)
    {
        var step = (double)(to - from) / length;
        var center = from + (step * 0.5);
        var indices = new int[length];
        for (var i = 0; i < length; i++)
        {
            indices[i] = Math.Min((int)center, sourceLength - 1);

            // Added up as Pillow does: a product would pick the neighbour where a centre falls on a border.
            center += step;
        }

        return indices;
    }
}
