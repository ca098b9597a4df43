namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// DPM-Solver-12's big brother of Appendix C, Lu et al. (2022, DPM-Solver): strides of third order whose length follows from the
/// difference to those of second order, with ancestral noise. The steps asked for have no say in how many it makes. All lanes of a
/// run share the strides, so a picture of a batch is not the one it would be alone.
/// </summary>
internal sealed class DpmAdaptiveSampler() : DpmSolverSampler(
    new SamplerTraits("DPM adaptive", "k_dpm_ad")
    {
        DefaultEta = 1,
        ScalesNoise = true,
        UsesEnsd = true,
    })
{
    private const double FirstStride = 0.05;
    private const double RelativeTolerance = 0.05;
    private const double AbsoluteTolerance = 0.0078;
    private const double AcceptFrom = 0.81;
    private const double ShortestStride = 1e-5;

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var eta = Eta(run);
        var (x, before, end) = (run.X, run.X, run.Sigmas[^1]);
        var (sigma, h) = (run.Sigmas[0], FirstStride);
        for (var i = 0; Math.Log(sigma / end) > ShortestStride;)
        {
            // lambda = -ln sigma grows by h.
            var next = Math.Max(end, sigma * Math.Exp(-h));
            var last = Math.Log(next / end) <= ShortestStride;
            var stride = new SamplerStride(i, last ? i + 1 : Math.Max(run.Steps, i + 2), sigma, next);
            var (down, up) = Split(sigma, next, eta, end);
            var denoised = await DenoiseAsync(run, x, stride, sigma, cancellationToken).ConfigureAwait(false);
            var eps = StepMath.ToD(x, sigma, denoised);
            var epsR1 = await EpsAsync(run, First(x, sigma, Level(sigma, down, R1), eps), stride, down, R1, cancellationToken).ConfigureAwait(false);
            var inner = ThirdInner(x, sigma, down, eps, epsR1);
            var epsR2 = await EpsAsync(run, inner, stride, down, R2, cancellationToken).ConfigureAwait(false);
            var (low, high) = (Second(x, sigma, down, eps, epsR1, R1), Third(x, sigma, down, eps, epsR2));

            // The error of a stride falls with its order; that of the noise with 1.5.
            var factor = 1 + Math.Atan(Math.Pow(1 / (Error(low, high, before) + 1e-8), 1 / (eta == 0 ? 3 : 1.5)) - 1);
            h *= factor;
            if (factor >= AcceptFrom)
            {
                x = StepMath.Sum((1, high), (run.Options.SNoise * up, run.Noise()));
                x = await AfterStepAsync(run, x, stride, denoised, cancellationToken).ConfigureAwait(false);
                (before, sigma, i) = (low, next, i + 1);
            }
            else if (!(h > ShortestStride))
            {
                throw new BadInputException("Sampler", $"{Name} finds no stride at sigma {sigma:G4} whose error is small enough.");
            }
        }

        return x;
    }

    private static async Task<double[]> EpsAsync(
        SamplerRun run, double[] u, SamplerStride stride, double sigmaDown, double r, CancellationToken cancellationToken)
    {
        var level = Level(stride.Sigma, sigmaDown, r);
        return StepMath.ToD(u, level, await DenoiseAsync(run, u, stride, level, cancellationToken).ConfigureAwait(false));
    }

    private static double Error(double[] low, double[] high, double[] before)
    {
        var sum = 0.0;
        for (var i = 0; i < low.Length; i++)
        {
            var delta = Math.Max(AbsoluteTolerance, RelativeTolerance * Math.Max(Math.Abs(low[i]), Math.Abs(before[i])));
            sum += Math.Pow((low[i] - high[i]) / delta, 2);
        }

        return Math.Sqrt(sum / low.Length);
    }
}
