namespace RegionWebUI.Imaging.Metrics;

/// <summary>
/// Moves the Gaussian window over two pictures of one size, row by row. Beyond an edge the picture is mirrored, its last pixel repeated.
/// </summary>
internal sealed class SsimWindow(Image first, Image second)
{
    /// <summary>Pixels to either side of the window's middle: 3.5 sigma.</summary>
    public const int Radius = 5;

    private const double Sigma = 1.5;

    // Wang et al. (2004), Eq. (7) and below: C1 = (K1 L)^2, C2 = (K2 L)^2.
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    private static readonly double[] _weights = MakeWeights();

    private readonly double[][] _columns = [.. Enumerable.Range(0, 5).Select(_ => new double[first.Width * 3])];
    private readonly double[] _similarity = new double[first.Width * 3];

    /// <summary>The similarity around each sample of a row, channels side by side; valid until the next call.</summary>
    public ReadOnlySpan<double> Row(int y)
    {
        SumColumns(y);
        for (var i = 0; i < _similarity.Length; i++)
        {
            _similarity[i] = Around(i);
        }

        return _similarity;
    }

    /// <summary>Weighs the samples above and below, their squares and their product.</summary>
    private void SumColumns(int y)
    {
        foreach (var column in _columns)
        {
            Array.Clear(column);
        }

        var (a, b, aa, bb, ab) = (_columns[0], _columns[1], _columns[2], _columns[3], _columns[4]);
        for (var k = -Radius; k <= Radius; k++)
        {
            var weight = _weights[k + Radius];
            var start = Mirror(y + k, first.Height) * a.Length;
            var x1 = first.Rgb.Span.Slice(start, a.Length);
            var x2 = second.Rgb.Span.Slice(start, a.Length);
            for (var i = 0; i < a.Length; i++)
            {
                int p = x1[i], q = x2[i];
                a[i] += weight * p;
                b[i] += weight * q;
                aa[i] += weight * (p * p);
                bb[i] += weight * (q * q);
                ab[i] += weight * (p * q);
            }
        }
    }

    private double Around(int index)
    {
        var (x, channel) = (index / 3, index % 3);
        double meanA = 0, meanB = 0, meanAA = 0, meanBB = 0, meanAB = 0;
        for (var k = -Radius; k <= Radius; k++)
        {
            var weight = _weights[k + Radius];
            var at = (Mirror(x + k, first.Width) * 3) + channel;
            meanA += weight * _columns[0][at];
            meanB += weight * _columns[1][at];
            meanAA += weight * _columns[2][at];
            meanBB += weight * _columns[3][at];
            meanAB += weight * _columns[4][at];
        }

        // Wang et al. (2004), Eq. (13).
        var (squareA, squareB, product) = (meanA * meanA, meanB * meanB, meanA * meanB);
        return ((2 * product) + C1) * ((2 * (meanAB - product)) + C2)
            / ((squareA + squareB + C1) * (meanAA - squareA + (meanBB - squareB) + C2));
    }

    private static int Mirror(int index, int length) => index < 0 ? -index - 1 : index >= length ? (2 * length) - 1 - index : index;

    private static double[] MakeWeights()
    {
        double[] weights = [.. Enumerable.Range(-Radius, (2 * Radius) + 1).Select(x => Math.Exp(-0.5 * x * x / (Sigma * Sigma)))];
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }
}
