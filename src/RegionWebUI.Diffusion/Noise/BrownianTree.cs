namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// A Brownian motion over noise levels, fixed by its seed alone: whatever is asked, in whatever order, lies on the same path. It is
/// refined by halving (Lévy's construction) down to steps of 1e-6, with the numbers of torchsde's BrownianTree, which k-diffusion
/// and A1111 draw the noise of the SDE samplers from. Not for use by two threads at once.
/// </summary>
internal sealed class BrownianTree
{
    private const int PoolSize = 24;
    private const double StepsPerUnit = 1e6;

    private readonly ulong _seed;
    private readonly double _start;
    private readonly double _end;
    private readonly int _length;
    private readonly Lazy<double[]> _whole;
    private (double Sigma, double[] Value)[] _recent = [];

    /// <summary>Starts at 0 on the lowest level.</summary>
    /// <param name="seed">Seed of the path.</param>
    /// <param name="sigmaMin">Lowest noise level, 0 or more.</param>
    /// <param name="sigmaMax">Highest noise level.</param>
    /// <param name="length">Values of the state.</param>
    public BrownianTree(long seed, double sigmaMin, double sigmaMax, int length)
    {
        (_seed, _length) = (unchecked((ulong)seed), length);
        (_start, _end) = (Round(sigmaMin), Round(sigmaMax));

        // The whole way comes from the root's seed, scaled by the unrounded length.
        _whole = new Lazy<double[]>(() => Draw(SeedSequence.Generate(_seed, [], PoolSize, 1)[0], Math.Sqrt(sigmaMax - sigmaMin)));
    }

    /// <summary>
    /// The noise of the way from one level to another: the increment divided by the root of the distance, so of variance 1. Levels
    /// outside the tree count as its ends.
    /// </summary>
    public double[] Between(double sigma, double sigmaNext)
    {
        var (from, to) = (At(sigma), At(sigmaNext));
        var scale = 1 / Math.Sqrt(Math.Abs(sigmaNext - sigma));
        var noise = new double[_length];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = (to[i] - from[i]) * scale;
        }

        return noise;
    }

    private double[] At(double sigma)
    {
        var t = Round(Math.Clamp(sigma, _start, _end));
        foreach (var known in _recent)
        {
            if (known.Sigma == t)
            {
                return known.Value;
            }
        }

        var value = Descend(t);
        _recent = [(t, value), .. _recent.Take(1)];
        return value;
    }

    private double[] Descend(double t)
    {
        var below = new double[_length];
        if (t == _start)
        {
            return below;
        }

        var increment = (double[])_whole.Value.Clone();
        var (start, end, branch) = (_start, _end, 0UL);
        for (var depth = 0UL; t != end; depth++)
        {
            var middle = Round(0.5 * (start + end));
            var (left, right) = (middle - start, end - middle);

            // A Brownian bridge: given the increment over the whole, the left part is normal with this mean and deviation.
            var share = left / (end - start);
            var noise = Draw(SeedSequence.Generate(_seed, [branch, depth], PoolSize, 1)[0], Math.Sqrt(left * right / (end - start)));
            var goesLeft = t <= middle;
            for (var i = 0; i < increment.Length; i++)
            {
                var leftPart = (share * increment[i]) + noise[i];
                below[i] += goesLeft ? 0 : leftPart;
                increment[i] = goesLeft ? leftPart : increment[i] - leftPart;
            }

            (start, end, branch) = goesLeft ? (start, middle, 2 * branch) : (middle, end, (2 * branch) + 1);
        }

        for (var i = 0; i < below.Length; i++)
        {
            below[i] += increment[i];
        }

        return below;
    }

    private double[] Draw(uint seed, double scale) => Array.ConvertAll(new TorchCpuGenerator(seed).Randn(_length), v => v * scale);

    /// <summary>Python's <c>round(x, 6)</c>: the nearest millionth of the exact value, ties to even.</summary>
    private static double Round(double x)
    {
        var product = x * StepsPerUnit;
        var rest = Math.FusedMultiplyAdd(x, StepsPerUnit, -product);
        var floor = Math.Floor(product);
        var above = product - floor;
        var up = above > 0.5 || (above == 0.5 && (rest > 0 || (rest == 0 && floor % 2 != 0)));
        return (floor + (up ? 1 : 0)) / StepsPerUnit;
    }
}
