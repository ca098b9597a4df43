using RegionWebUI.Imaging.Resampling;

namespace RegionWebUI.Imaging.Blurring;

/// <summary>
/// Means under a box, rounded to 8 bits after each pass; the time does not depend on the radius. Beyond an edge its last sample goes on.
/// </summary>
internal static class BoxBlur
{
    /// <summary>Blurs every row so many times, then every column.</summary>
    public static byte[] Run(Plane<byte> source, float radius, int passes, CancellationToken cancellation)
    {
        var weights = BoxWeights.Of(radius);
        var (from, to) = (source.Samples.ToArray(), new byte[source.Samples.Length]);
        for (var pass = 0; pass < passes; pass++)
        {
            for (var y = 0; y < source.Height; y++)
            {
                cancellation.ThrowIfCancellationRequested();
                var row = y * source.RowLength;
                BlurRow(from.AsSpan(row, source.RowLength), source.Channels, weights, to.AsSpan(row, source.RowLength));
            }

            (from, to) = (to, from);
        }

        for (var pass = 0; pass < passes; pass++)
        {
            BlurColumns(from, source.RowLength, source.Height, weights, to, cancellation);
            (from, to) = (to, from);
        }

        return from;
    }

    private static void BlurRow(ReadOnlySpan<byte> row, int channels, BoxWeights weights, Span<byte> result)
    {
        var last = (row.Length / channels) - 1;
        for (var channel = 0; channel < channels; channel++)
        {
            var sum = 0;
            for (var x = -weights.Radius - 1; x < weights.Radius; x++)
            {
                sum += row[At(x)];
            }

            for (var x = 0; x <= last; x++)
            {
                var before = row[At(x - weights.Radius - 1)];
                sum += row[At(x + weights.Radius)] - before;
                result[(x * channels) + channel] = weights.Mean(sum, before, row[At(x + weights.Radius + 1)]);
            }

            int At(int x) => (Math.Clamp(x, 0, last) * channels) + channel;
        }
    }

    private static void BlurColumns(
        ReadOnlySpan<byte> samples, int rowLength, int height, BoxWeights weights, Span<byte> result, CancellationToken cancellation)
    {
        var sums = new int[rowLength];
        for (var y = -weights.Radius - 1; y < weights.Radius; y++)
        {
            var row = RowAt(samples, y);
            for (var x = 0; x < sums.Length; x++)
            {
                sums[x] += row[x];
            }
        }

        for (var y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = RowAt(samples, y - weights.Radius - 1);
            var added = RowAt(samples, y + weights.Radius);
            var behind = RowAt(samples, y + weights.Radius + 1);
            var row = result.Slice(y * rowLength, rowLength);
            for (var x = 0; x < sums.Length; x++)
            {
                sums[x] += added[x] - before[x];
                row[x] = weights.Mean(sums[x], before[x], behind[x]);
            }
        }

        ReadOnlySpan<byte> RowAt(ReadOnlySpan<byte> all, int y) => all.Slice(Math.Clamp(y, 0, height - 1) * rowLength, rowLength);
    }
}
