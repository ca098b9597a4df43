using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// The single steps of Lu et al. (2022, DPM-Solver), Algorithms 1 and 2, in x = z / sqrt(abar), for samplers that choose their own
/// strides between the highest and the lowest noise level. With lambda = -ln sigma, h the stride in lambda and sigma' its end,
/// sigma' (exp(h) - 1) is sigma - sigma'.
/// </summary>
/// <param name="traits">What is to be known of it beside its algorithm.</param>
internal abstract class DpmSolverSampler(SamplerTraits traits) : Sampler(traits)
{
    /// <summary>Where in the stride the further evaluations of the third order stand.</summary>
    protected const double R1 = 1 / 3.0;

    /// <inheritdoc cref="R1"/>
    protected const double R2 = 2 / 3.0;

    /// <summary>The levels end above 0: the solver's last stride leads to the lowest. Only the ends matter, and how many there are.</summary>
    /// <inheritdoc/>
    public override double[] Sigmas(NoiseSchedule noise, ScheduleRequest request) =>
        ScheduleCatalog.Resolve(request.Name, OwnSchedule).SigmasAboveZero(request.Steps, noise, request.Options);

    /// <summary>The noise level at the share <paramref name="r"/> of the stride in lambda.</summary>
    protected static double Level(double sigma, double sigmaTo, double r) => sigma * Math.Pow(sigmaTo / sigma, r);

    /// <summary>DPM-Solver-1: an Euler step along eps.</summary>
    protected static double[] First(double[] x, double sigma, double sigmaTo, double[] eps) => StepMath.Sum((1, x), (sigmaTo - sigma, eps));

    /// <summary>DPM-Solver-2: Algorithm 1, with the second evaluation at <paramref name="r"/>.</summary>
    protected static double[] Second(double[] x, double sigma, double sigmaTo, double[] eps, double[] epsR, double r)
    {
        var weight = (sigmaTo - sigma) / (2 * r);
        return StepMath.Sum((1, x), (sigmaTo - sigma - weight, eps), (weight, epsR));
    }

    /// <summary>The state at <see cref="R2"/>: Algorithm 2 line 6.</summary>
    protected static double[] ThirdInner(double[] x, double sigma, double sigmaTo, double[] eps, double[] epsR1)
    {
        var sigma2 = Level(sigma, sigmaTo, R2);
        var weight = Curvature(sigma, sigma2) * R2 / R1;
        return StepMath.Sum((1, x), (sigma2 - sigma - weight, eps), (weight, epsR1));
    }

    /// <summary>DPM-Solver-3: Algorithm 2 line 8.</summary>
    protected static double[] Third(double[] x, double sigma, double sigmaTo, double[] eps, double[] epsR2)
    {
        var weight = Curvature(sigma, sigmaTo) / R2;
        return StepMath.Sum((1, x), (sigmaTo - sigma - weight, eps), (weight, epsR2));
    }

    /// <summary>
    /// Splits a stride into the way down and the noise after it, as <see cref="StepMath.Ancestral"/>, but never below the run's end.
    /// </summary>
    protected static (double SigmaDown, double SigmaUp) Split(double sigma, double sigmaTo, double eta, double sigmaEnd)
    {
        if (eta == 0)
        {
            return (sigmaTo, 0);
        }

        var down = Math.Max(sigmaEnd, StepMath.Ancestral(sigma, sigmaTo, eta).SigmaDown);
        return (down, Math.Sqrt((sigmaTo * sigmaTo) - (down * down)));
    }

    private static double Curvature(double sigma, double sigmaTo) => sigmaTo - ((sigma - sigmaTo) / Math.Log(sigma / sigmaTo));
}
