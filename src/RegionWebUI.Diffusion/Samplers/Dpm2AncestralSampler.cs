using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>DPM2 down to sigma_down and fresh noise after it: k-diffusion's <c>sample_dpm_2_ancestral</c>.</summary>
internal sealed class Dpm2AncestralSampler() : Sampler(
    new SamplerTraits("DPM2 a", "k_dpm_2_a")
    {
        OwnSchedule = new KarrasSchedule(),
        CallsPerStep = 2,
        DefaultEta = 1,
        ScalesNoise = true,
        DiscardsNextToLastSigma = true,
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
                var u = StepMath.Sum((1, x), (sigmaMid - sigma, StepMath.ToD(x, sigma, denoised)));
                var denoised2 = await DenoiseAsync(run, u, i, sigmaMid, cancellationToken).ConfigureAwait(false);
                var d = StepMath.ToD(u, sigmaMid, denoised2);
                x = StepMath.Sum((1, x), (sigmaDown - sigma, d), (run.Options.SNoise * sigmaUp, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
