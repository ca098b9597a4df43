namespace RegionWebUI.Diffusion.Samplers;

/// <summary>The arithmetic samplers share. States are never changed in place.</summary>
internal static class StepMath
{
    // Karras et al. (2022): beyond sqrt(2) - 1 added noise no longer helps.
    private static readonly double _largestGamma = Math.Sqrt(2) - 1;

    /// <summary>The sum of scaled states of equal size, value by value.</summary>
    public static double[] Sum(params ReadOnlySpan<(double Scale, double[] State)> terms)
    {
        var sum = new double[terms[0].State.Length];
        foreach (var (scale, state) in terms)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += scale * state[i];
            }
        }

        return sum;
    }

    /// <summary>The ODE derivative dx/dsigma = (x - D(x, sigma)) / sigma: Karras et al. (2022), Algorithm 1 line 4. It is eps.</summary>
    public static double[] ToD(double[] x, double sigma, double[] denoised)
    {
        var d = new double[x.Length];
        for (var i = 0; i < d.Length; i++)
        {
            d[i] = (x[i] - denoised[i]) / sigma;
        }

        return d;
    }

    /// <summary>
    /// The exact way from <paramref name="sigma"/> to <paramref name="sigmaTo"/> where the data prediction stays the same: Lu et al.
    /// (2022, DPM-Solver++), Eq. (9). With lambda = -ln sigma and h the difference of lambda, exp(-h) = sigma_to / sigma.
    /// </summary>
    public static double[] Toward(double[] data, double[] x, double sigma, double sigmaTo) =>
        Sum((sigmaTo / sigma, x), (1 - (sigmaTo / sigma), data));

    /// <summary>
    /// How a step with fresh noise splits: the ODE goes down to sigma_down, noise of sigma_up brings it back to
    /// <paramref name="sigmaTo"/>. Song et al. (2021, DDIM), Eq. (16), in sigma. Without noise a step may also lead upwards.
    /// </summary>
    public static (double SigmaDown, double SigmaUp) Ancestral(double sigmaFrom, double sigmaTo, double eta)
    {
        if (eta == 0)
        {
            return (sigmaTo, 0);
        }

        var (from2, to2) = (sigmaFrom * sigmaFrom, sigmaTo * sigmaTo);
        var sigmaUp = Math.Min(sigmaTo, eta * Math.Sqrt(to2 * (from2 - to2) / from2));
        return (Math.Sqrt(to2 - (sigmaUp * sigmaUp)), sigmaUp);
    }

    /// <summary>
    /// The state raised by noise to sigma_hat before a step: Karras et al. (2022), Algorithm 2 lines 4 to 6. Where churn is on,
    /// each step draws, also those outside STmin..STmax, as in k-diffusion: the later draws depend on it.
    /// </summary>
    public static (double[] X, double SigmaHat) Churn(SamplerRun run, double[] x, double sigma)
    {
        var options = run.Options;
        if (options.SChurn == 0)
        {
            return (x, sigma);
        }

        var eps = run.Noise();
        if (sigma < options.STmin || sigma > options.STmax)
        {
            return (x, sigma);
        }

        var gamma = Math.Min(options.SChurn / run.Steps, _largestGamma);
        var sigmaHat = sigma * (1 + gamma);
        return (Sum((1, x), (options.SNoise * Math.Sqrt((sigmaHat * sigmaHat) - (sigma * sigma)), eps)), sigmaHat);
    }
}
