using System.Numerics;

namespace RegionWebUI.Imaging.Resampling;

/// <summary>The two passes over 8-bit samples, each rounded and clipped to 8 bits.</summary>
internal static class BytePass
{
    /// <summary>Resizes the rows of a picture from <paramref name="first"/> up to <paramref name="end"/> and drops the others.</summary>
    public static Plane<byte> Horizontal(Plane<byte> source, ResampleKernel kernel, int first, int end, CancellationToken cancellation)
    {
        var weights = kernel.ToFixed();
        var result = new byte[(end - first) * kernel.Length * source.Channels];
        for (var y = first; y < end; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = result.AsSpan((y - first) * kernel.Length * source.Channels, kernel.Length * source.Channels);
            if (source.Channels == 3)
            {
                ResizeRgb(source.Row(y), weights, row);
            }
            else
            {
                ResizeRow(source.Row(y), weights, source.Channels, row);
            }
        }

        return new Plane<byte>(kernel.Length, end - first, source.Channels, result);
    }

    /// <summary>Resizes the columns of a picture whose first row is the original's row <paramref name="first"/>.</summary>
    public static Plane<byte> Vertical(Plane<byte> source, ResampleKernel kernel, int first, CancellationToken cancellation)
    {
        var weights = kernel.ToFixed();
        var result = new byte[kernel.Length * source.RowLength];
        var sums = new int[source.RowLength];
        for (var y = 0; y < kernel.Length; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Fill(sums, FixedKernel.Half);
            var start = weights.Start(y) - first;
            var column = weights.Weights(y);
            for (var i = 0; i < column.Length; i++)
            {
                AddWeighted(source.Row(start + i), column[i], sums);
            }

            var row = result.AsSpan(y * sums.Length, sums.Length);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = FixedKernel.ToLevel(sums[i]);
            }
        }

        return new Plane<byte>(source.Width, kernel.Length, source.Channels, result);
    }

    private static void ResizeRow(ReadOnlySpan<byte> source, FixedKernel kernel, int channels, Span<byte> row)
    {
        for (var x = 0; x < kernel.Length; x++)
        {
            var weights = kernel.Weights(x);
            for (var channel = 0; channel < channels; channel++)
            {
                var sum = FixedKernel.Half;
                var at = (kernel.Start(x) * channels) + channel;
                foreach (var weight in weights)
                {
                    sum += source[at] * weight;
                    at += channels;
                }

                row[(x * channels) + channel] = FixedKernel.ToLevel(sum);
            }
        }
    }

    private static void ResizeRgb(ReadOnlySpan<byte> source, FixedKernel kernel, Span<byte> row)
    {
        for (var x = 0; x < kernel.Length; x++)
        {
            var weights = kernel.Weights(x);
            var pixels = source.Slice(kernel.Start(x) * 3, weights.Length * 3);
            var (red, green, blue) = (FixedKernel.Half, FixedKernel.Half, FixedKernel.Half);
            foreach (var weight in weights)
            {
                red += pixels[0] * weight;
                green += pixels[1] * weight;
                blue += pixels[2] * weight;
                pixels = pixels[3..];
            }

            row[x * 3] = FixedKernel.ToLevel(red);
            row[(x * 3) + 1] = FixedKernel.ToLevel(green);
            row[(x * 3) + 2] = FixedKernel.ToLevel(blue);
        }
    }

    private static void AddWeighted(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out var low, out var high);
            AddHalf(low, weight, sums[i..]);
            AddHalf(high, weight, sums[(i + Vector<ushort>.Count)..]);
        }

        for (; i < row.Length; i++)
        {
            sums[i] += row[i] * weight;
        }
    }

    private static void AddHalf(Vector<ushort> samples, int weight, Span<int> sums)
    {
        Vector.Widen(samples, out var low, out var high);
        var upper = sums[Vector<int>.Count..];
        (new Vector<int>(sums) + (Vector.AsVectorInt32(low) * weight)).CopyTo(sums);
        (new Vector<int>(upper) + (Vector.AsVectorInt32(high) * weight)).CopyTo(upper);
    }
}
