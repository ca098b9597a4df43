namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// DPM-Solver-fast, Section 3.4 of Lu et al. (2022, DPM-Solver): as many model calls as steps are asked, most of them in strides of
/// third order, with ancestral noise. Strides are equal in ln sigma whatever the schedule.
/// </summary>
internal sealed class DpmFastSampler() : DpmSolverSampler(
    new SamplerTraits("DPM fast", "k_dpm_fast")
    {
        DefaultEta = 1,
        ScalesNoise = true,
        UsesEnsd = true,
    })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        var eta = Eta(run);
        var (start, end, orders) = (run.Sigmas[0], run.Sigmas[^1], Orders(run.Steps));
        for (var i = 0; i < orders.Count; i++)
        {
            var (sigma, sigmaNext) = (Level(start, end, i / (double)orders.Count), Level(start, end, (i + 1) / (double)orders.Count));
            var stride = new SamplerStride(i, orders.Count, sigma, i == orders.Count - 1 ? end : sigmaNext);
            var (down, up) = Split(sigma, stride.SigmaNext, eta, end);
            var denoised = await DenoiseAsync(run, x, stride, sigma, cancellationToken).ConfigureAwait(false);
            var eps = StepMath.ToD(x, sigma, denoised);
            async Task<double[]> EpsAsync(double[] u, double r)
            {
                var level = Level(sigma, down, r);
                return StepMath.ToD(u, level, await DenoiseAsync(run, u, stride, level, cancellationToken).ConfigureAwait(false));
            }

            if (orders[i] == 1)
            {
                x = First(x, sigma, down, eps);
            }
            else
            {
                var r1 = orders[i] == 2 ? 0.5 : R1;
                var epsR1 = await EpsAsync(First(x, sigma, Level(sigma, down, r1), eps), r1).ConfigureAwait(false);
                x = orders[i] == 2
                    ? Second(x, sigma, down, eps, epsR1, r1)
                    : Third(x, sigma, down, eps, await EpsAsync(ThirdInner(x, sigma, down, eps, epsR1), R2).ConfigureAwait(false));
            }

            x = StepMath.Sum((1, x), (run.Options.SNoise * up, run.Noise()));
            x = await AfterStepAsync(run, x, stride, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    private static List<int> Orders(int calls) => (calls % 3) switch
    {
        0 => [.. Enumerable.Repeat(3, (calls / 3) - 1), 2, 1],
        var rest => [.. Enumerable.Repeat(3, calls / 3), rest],
    };
}
