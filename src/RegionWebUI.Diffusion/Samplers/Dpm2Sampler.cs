using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// Algorithm 2 of Karras et al. (2022) with the slope taken at the midpoint in ln sigma, as DPM-Solver-2 (Lu et al. 2022,
/// Algorithm 1) does.
/// </summary>
internal sealed class Dpm2Sampler() : Sampler(
    new SamplerTraits("DPM2", "k_dpm_2")
    {
        OwnSchedule = new KarrasSchedule(),
        CallsPerStep = 2,
        HasChurn = true,
        ScalesNoise = true,
        DiscardsNextToLastSigma = true,
    })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var sigmaNext = run.Sigmas[i + 1];
            (x, var sigmaHat) = StepMath.Churn(run, x, run.Sigmas[i]);
            var denoised = await DenoiseAsync(run, x, i, sigmaHat, cancellationToken).ConfigureAwait(false);
            if (sigmaNext == 0)
            {
                x = denoised;
            }
            else
            {
                var sigmaMid = Math.Sqrt(sigmaHat * sigmaNext);
                var u = StepMath.Sum((1, x), (sigmaMid - sigmaHat, StepMath.ToD(x, sigmaHat, denoised)));
                var denoised2 = await DenoiseAsync(run, u, i, sigmaMid, cancellationToken).ConfigureAwait(false);
                x = StepMath.Sum((1, x), (sigmaNext - sigmaHat, StepMath.ToD(u, sigmaMid, denoised2)));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
