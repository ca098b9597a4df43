using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// DPM-Solver++ of second order in one step, Algorithm 1 of Lu et al. (2022, DPM-Solver++) with r = 1/2, and with fresh noise in
/// both halves: k-diffusion's <c>sample_dpmpp_sde</c>.
/// </summary>
internal sealed class DpmPlusPlusSdeSampler() : Sampler(
    new SamplerTraits("DPM++ SDE", "k_dpmpp_sde")
    {
        OwnSchedule = new KarrasSchedule(),
        CallsPerStep = 2,
        DefaultEta = 1,
        ScalesNoise = true,
        UsesBrownianNoise = true,
    })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            if (sigmaNext == 0)
            {
                x = denoised;
            }
            else
            {
                var sigmaMid = Math.Sqrt(sigma * sigmaNext);
                var u = Stride(run, x, sigma, sigmaMid, denoised);
                var denoised2 = await DenoiseAsync(run, u, i, sigmaMid, cancellationToken).ConfigureAwait(false);
                x = Stride(run, x, sigma, sigmaNext, denoised2);
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    private double[] Stride(SamplerRun run, double[] x, double sigma, double sigmaTo, double[] data)
    {
        var eta = Eta(run);
        var (sigmaDown, sigmaUp) = StepMath.Ancestral(sigma, sigmaTo, eta);
        var down = StepMath.Toward(data, x, sigma, sigmaDown);
        return eta == 0 ? down : StepMath.Sum((1, down), (run.Options.SNoise * sigmaUp, run.NoiseBetween(sigma, sigmaTo)));
    }
}
