namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// The linear multistep method of Adams and Bashforth on the ODE of Karras et al. (2022): the slope is the polynomial through the
/// last four, integrated over the step.
/// </summary>
internal sealed class LmsSampler() : Sampler(new SamplerTraits("LMS", "k_lms"))
{
    private const int Order = 4;

    // Gauss and Legendre's two points: exact for polynomials up to the third degree.
    private static readonly double[] _points = [0.5 - Math.Sqrt(1 / 12.0), 0.5 + Math.Sqrt(1 / 12.0)];

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        List<double[]> slopes = [];
        for (var i = 0; i < run.Steps; i++)
        {
            var denoised = await DenoiseAsync(run, x, i, run.Sigmas[i], cancellationToken).ConfigureAwait(false);
            slopes = [StepMath.ToD(x, run.Sigmas[i], denoised), .. slopes.Take(Order - 1)];
            x = StepMath.Sum([(1, x), .. slopes.Select((d, j) => (Coefficient(run.Sigmas, i, slopes.Count, j), d))]);
            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    // The integral of the j-th Lagrange polynomial from sigma_i to sigma_(i+1).
    private static double Coefficient(IReadOnlyList<double> sigmas, int i, int order, int j)
    {
        var stride = sigmas[i + 1] - sigmas[i];
        return _points.Sum(point => stride / 2 * Lagrange(sigmas[i] + (point * stride)));

        double Lagrange(double sigma) => Enumerable.Range(0, order).Where(k => k != j)
            .Aggregate(1.0, (product, k) => product * (sigma - sigmas[i - k]) / (sigmas[i - j] - sigmas[i - k]));
    }
}
