namespace RegionWebUI.Diffusion.Noise;

/// <summary>Spherical interpolation of two noises, column by column as A1111 does it.</summary>
internal static class Slerp
{
    private const double Parallel = 0.9995;

    /// <summary>The noise between two, which keeps their length.</summary>
    /// <param name="share">0 is <paramref name="low"/>, 1 is <paramref name="high"/>.</param>
    /// <param name="low">channels x height x width values.</param>
    /// <param name="high">As many values.</param>
    /// <param name="height">Latent height: the values of one vector.</param>
    /// <param name="width">Latent width.</param>
    public static float[] Between(double share, float[] low, float[] high, int height, int width)
    {
        var columns = low.Length / height;
        var cosines = new double[columns];
        for (var column = 0; column < columns; column++)
        {
            cosines[column] = Cosine(low, high, First(column), height, width);
        }

        // The weights of this branch are swapped in A1111; pictures made there depend on it.
        var parallel = cosines.Average() > Parallel;
        var result = new float[low.Length];
        for (var column = 0; column < columns; column++)
        {
            var omega = Math.Acos(cosines[column]);
            var (ofLow, ofHigh) = parallel
                ? (share, 1 - share)
                : (Math.Sin((1 - share) * omega) / Math.Sin(omega), Math.Sin(share * omega) / Math.Sin(omega));
            for (var y = 0; y < height; y++)
            {
                var i = First(column) + (y * width);
                result[i] = (float)((ofLow * low[i]) + (ofHigh * high[i]));
            }
        }

        return result;

        int First(int column) => (column / width * height * width) + (column % width);
    }

    private static double Cosine(float[] low, float[] high, int first, int height, int width)
    {
        var (dot, lowNorm, highNorm) = (0.0, 0.0, 0.0);
        for (var y = 0; y < height; y++)
        {
            double l = low[first + (y * width)], h = high[first + (y * width)];
            (dot, lowNorm, highNorm) = (dot + (l * h), lowNorm + (l * l), highNorm + (h * h));
        }

        return dot / Math.Sqrt(lowNorm * highNorm);
    }
}
