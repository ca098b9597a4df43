namespace RegionWebUI.Imaging.Resampling;

/// <summary>The two passes over float samples of one channel: summed in double, rounded to float after each pass, never clipped.</summary>
internal static class FloatPass
{
    /// <summary>Resizes the rows of a plane from <paramref name="first"/> up to <paramref name="end"/> and drops the others.</summary>
    public static Plane<float> Horizontal(Plane<float> source, ResampleKernel kernel, int first, int end, CancellationToken cancellation)
    {
        var result = new float[(end - first) * kernel.Length];
        for (var y = first; y < end; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = source.Row(y);
            for (var x = 0; x < kernel.Length; x++)
            {
                var weights = kernel.Weights(x);
                var samples = row.Slice(kernel.Start(x), weights.Length);
                var sum = 0.0;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += samples[i] * weights[i];
                }

                result[((y - first) * kernel.Length) + x] = (float)sum;
            }
        }

        return new Plane<float>(kernel.Length, end - first, 1, result);
    }

    /// <summary>Resizes the columns of a plane whose first row is the original's row <paramref name="first"/>.</summary>
    public static Plane<float> Vertical(Plane<float> source, ResampleKernel kernel, int first, CancellationToken cancellation)
    {
        var result = new float[kernel.Length * source.Width];
        var sums = new double[source.Width];
        for (var y = 0; y < kernel.Length; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(sums);
            var weights = kernel.Weights(y);
            for (var i = 0; i < weights.Length; i++)
            {
                var row = source.Row(kernel.Start(y) - first + i);
                for (var x = 0; x < sums.Length; x++)
                {
                    sums[x] += row[x] * weights[i];
                }
            }

            for (var x = 0; x < sums.Length; x++)
            {
                result[(y * sums.Length) + x] = (float)sums[x];
            }
        }

        return new Plane<float>(source.Width, kernel.Length, 1, result);
    }
}
