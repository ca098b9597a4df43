using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// What UniPC adds to the first-order step: Zhao et al. (2023), Eq. (3) for the corrector, Eq. (5) for the predictor. With
/// lambda = -ln sigma, h the stride and r_m = (lambda_m - lambda_0) / h it is -sum of w_m (D_m - D_0) / r_m.
/// </summary>
internal static class UniPcResidual
{
    /// <summary>The summands.</summary>
    /// <param name="past">Predictions, newest first, as many as the order.</param>
    /// <param name="sigmaTo">Where the stride ends.</param>
    /// <param name="ahead">The prediction made there, for the corrector; null for the predictor.</param>
    /// <param name="variant">How the weights come about.</param>
    public static (double Scale, double[] State)[] Terms(
        IEnumerable<UniPcPrediction> past, double sigmaTo, UniPcPrediction? ahead, UniPcVariant variant)
    {
        var (from, others) = (past.First(), past.Skip(1).ToList());
        if (ahead is not null)
        {
            others.Add(ahead);
        }

        if (others.Count == 0)
        {
            return [];
        }

        var h = Math.Log(from.Sigma / sigmaTo);
        var r = others.ConvertAll(other => Math.Log(from.Sigma / other.Sigma) / h);
        var weights = variant != UniPcVariant.VaryCoefficients ? FixedB(r, h, variant == UniPcVariant.Bh1 ? -h : Math.Exp(-h) - 1)
            : ahead is null ? Solve(r, k => Phi(k + 1, -h))
            : Vary(r, h);
        var scales = weights.Zip(r, (w, ratio) => -w / ratio).ToArray();
        return [(-scales.Sum(), from.Data), .. others.Select((other, m) => (scales[m], other.Data))];
    }

    // For a single weight the B(h) variants take B(h) / 2, which is as exact as their order needs.
    private static double[] FixedB(List<double> r, double h, double b) => r.Count == 1 ? [0.5 * b] : Solve(r, k => Phi(k + 1, -h));

    // The released corrector of this variant lets its last equation out, but for the weight of the newest prediction, where it stands
    // in the place of the one before. Pictures made with it depend on that.
    private static double[] Vary(List<double> r, double h)
    {
        var n = r.Count;
        if (n == 1)
        {
            return Solve(r, k => Phi(k + 1, -h));
        }

        var older = Solve(r, k => k < n ? Phi(k + 1, -h) : 0);
        var newest = Solve(r, k => k == n - 1 ? Phi(n + 1, -h) : 0);
        return [.. older[..^1], newest[^1]];
    }

    // h phi_k(h) = sum over n = 1, 2, ... of h^n / (n + k - 1)!
    private static double Phi(int k, double h)
    {
        var term = 1.0;
        for (var n = 2; n < k; n++)
        {
            term /= n;
        }

        var sum = 0.0;
        for (var n = 1; n < 200; n++)
        {
            term *= h / (n + k - 1);
            sum += term;
        }

        return sum;
    }

    // The w with sum over m of r_m^(k-1) w_m = k! right(k) for k = 1 .. n: Gauss with pivots, the right side in the last column.
    private static double[] Solve(List<double> r, Func<int, double> right)
    {
        var n = r.Count;
        var rows = new double[n][];
        var factorial = 1.0;
        for (var k = 1; k <= n; k++)
        {
            factorial *= k;
            rows[k - 1] = [.. r.Select(ratio => Math.Pow(ratio, k - 1)), factorial * right(k)];
        }

        for (var c = 0; c < n; c++)
        {
            var pivot = Enumerable.Range(c, n - c).MaxBy(i => Math.Abs(rows[i][c]));
            (rows[c], rows[pivot]) = (rows[pivot], rows[c]);
            foreach (var row in rows.Where((_, i) => i != c))
            {
                var factor = row[c] / rows[c][c];
                for (var j = c; j <= n; j++)
                {
                    row[j] -= factor * rows[c][j];
                }
            }
        }

        return [.. rows.Select((row, i) => row[n] / row[i])];
    }
}
