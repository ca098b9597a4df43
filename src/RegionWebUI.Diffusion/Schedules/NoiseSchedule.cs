namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// How a model was noised in training ("scaled_linear", Stable Diffusion's): abar of each timestep, and the two currencies
/// timestep t (0..Count-1, fractional between table entries) and sigma = sqrt((1 - abar) / abar).
/// </summary>
internal sealed class NoiseSchedule
{
    private readonly double[] _alphasCumprod;
    private readonly double[] _sigmas;
    private readonly double[] _logSigmas;

    /// <summary>Builds the tables from a scheduler config's beta_start, beta_end and num_train_timesteps.</summary>
    /// <exception cref="ModelException">0 &lt; beta_start &lt;= beta_end &lt; 1 or 2 &lt;= count &lt;= 100000 does not hold.</exception>
    public NoiseSchedule(double betaStart, double betaEnd, int count)
    {
        if (!(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1))
        {
            throw new ModelException($"The scheduler's beta_start {betaStart} and beta_end {betaEnd} are not in order between 0 and 1.");
        }

        if (count is < 2 or > 100_000)
        {
            throw new ModelException($"The scheduler's num_train_timesteps {count} is outside 2..100000.");
        }

        var alphasCumprod = new double[count];
        var alphaBar = 1.0;
        var (first, last) = (Math.Sqrt(betaStart), Math.Sqrt(betaEnd));
        for (var t = 0; t < count; t++)
        {
            var rootBeta = first + ((last - first) * t / (count - 1));
            alphaBar *= 1 - (rootBeta * rootBeta);

            // Checkpoints carry the table in float32 and every engine starts from it: near t = 0 that shifts sigma by 1e-5.
            alphasCumprod[t] = (float)alphaBar;
        }

        (_alphasCumprod, _sigmas, _logSigmas) = Tables(alphasCumprod);
    }

    private NoiseSchedule(double[] alphasCumprod)
    {
        (_alphasCumprod, _sigmas, _logSigmas) = Tables(alphasCumprod);
    }

    /// <summary>The schedule of Stable Diffusion 1 and most models after it: beta .00085 to .012 in 1000 timesteps.</summary>
    public static NoiseSchedule StableDiffusion { get; } = new(0.00085, 0.012, 1000);

    /// <summary>Timesteps of the training; t lies in 0..Count-1.</summary>
    public int Count => _sigmas.Length;

    /// <summary>Noise level of t = 0.</summary>
    public double SigmaMin => _sigmas[0];

    /// <summary>Noise level of the last timestep.</summary>
    public double SigmaMax => _sigmas[^1];

    /// <summary>abar of one table entry, as the checkpoint stores it.</summary>
    public double AlphaBar(int t) => _alphasCumprod[t];

    /// <summary>abar = 1 / (1 + sigma^2) of any noise level, 1 for a clean latent.</summary>
    public static double AlphaBarOf(double sigma) => 1 / (1 + (sigma * sigma));

    /// <summary>Noise level of a timestep, log-linear between table entries; t outside 0..Count-1 is clamped.</summary>
    public double Sigma(double t)
    {
        t = Math.Clamp(t, 0, Count - 1);
        var low = (int)t;
        if (t == low)
        {
            return _sigmas[low];
        }

        var w = t - low;
        return Math.Exp(((1 - w) * _logSigmas[low]) + (w * _logSigmas[low + 1]));
    }

    /// <summary>
    /// Timestep of a noise level, the inverse of <see cref="Sigma"/>: a sigma of the table gives its own index exactly, a sigma
    /// outside the table the nearest end.
    /// </summary>
    public double T(double sigma)
    {
        var found = Array.BinarySearch(_sigmas, sigma);
        if (found >= 0)
        {
            return found;
        }

        var high = ~found;
        if (high == 0 || high == Count)
        {
            return high == 0 ? 0 : Count - 1;
        }

        var low = high - 1;
        return low + ((Math.Log(sigma) - _logSigmas[low]) / (_logSigmas[high] - _logSigmas[low]));
    }

    /// <summary>The table entry whose log sigma is nearest to that of <paramref name="sigma"/>, the lower one on a tie.</summary>
    public int QuantizedT(double sigma)
    {
        var t = T(sigma);
        var low = (int)t;
        return t - low > 0.5 ? low + 1 : low;
    }

    /// <summary>
    /// Noise level of a timestep where ln abar, not ln sigma, is the straight line between table entries: what the solvers on
    /// continuous time (DPM-Solver, UniPC) reckon with. On whole timesteps it is <see cref="Sigma"/>.
    /// </summary>
    public double SigmaByLogAlpha(double t)
    {
        t = Math.Clamp(t, 0, Count - 1);
        var low = Math.Min((int)t, Count - 2);
        var w = t - low;
        var logAlphaBar = ((1 - w) * Math.Log(_alphasCumprod[low])) + (w * Math.Log(_alphasCumprod[low + 1]));
        return Math.Sqrt(Math.Exp(-logAlphaBar) - 1);
    }

    /// <summary>Timestep of a noise level, the inverse of <see cref="SigmaByLogAlpha"/>.</summary>
    public double TByLogAlpha(double sigma)
    {
        var t = T(sigma);
        if (t == Math.Floor(t))
        {
            return t;
        }

        var low = (int)t;
        var (logLow, logHigh) = (Math.Log(_alphasCumprod[low]), Math.Log(_alphasCumprod[low + 1]));
        return low + ((Math.Log(AlphaBarOf(sigma)) - logLow) / (logHigh - logLow));
    }

    /// <summary>The schedule of every n-th timestep, counted back from the last: what a model distilled to fewer timesteps knows.</summary>
    /// <param name="stride">1..Count / 2.</param>
    public NoiseSchedule EveryNth(int stride) =>
        new([.. Enumerable.Range(0, Count / stride).Select(i => _alphasCumprod[Count - 1 - (i * stride)]).Reverse()]);

    private static (double[] AlphasCumprod, double[] Sigmas, double[] LogSigmas) Tables(double[] alphasCumprod)
    {
        var sigmas = Array.ConvertAll(alphasCumprod, a => Math.Sqrt((1 - a) / a));
        return (alphasCumprod, sigmas, Array.ConvertAll(sigmas, Math.Log));
    }
}
