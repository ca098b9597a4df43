using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>DPM-Solver++(2S), Algorithm 1 of Lu et al. (2022, DPM-Solver++) with r = 1/2, with ancestral noise after each step.</summary>
internal sealed class DpmPlusPlus2SAncestralSampler() : Sampler(
    new SamplerTraits("DPM++ 2S a", "k_dpmpp_2s_a")
    {
        OwnSchedule = new KarrasSchedule(),
        CallsPerStep = 2,
        DefaultEta = 1,
        ScalesNoise = true,
        UsesEnsd = true,
    })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var eta = Eta(run);
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var (sigmaDown, sigmaUp) = StepMath.Ancestral(sigma, sigmaNext, eta);
            if (sigmaDown == 0)
            {
                x = denoised;
            }
            else
            {
                var sigmaMid = Math.Sqrt(sigma * sigmaDown);
                var u = StepMath.Toward(denoised, x, sigma, sigmaMid);
                var denoised2 = await DenoiseAsync(run, u, i, sigmaMid, cancellationToken).ConfigureAwait(false);
                x = StepMath.Toward(denoised2, x, sigma, sigmaDown);
            }

            if (sigmaNext > 0)
            {
                x = StepMath.Sum((1, x), (run.Options.SNoise * sigmaUp, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
