using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// DDIM, Eq. (12) of Song et al. (2021). In z it reads z' = sqrt(abar') x0 + sqrt(1 - abar' - s^2) eps + s noise with
/// s = eta sqrt((1 - abar') / (1 - abar)) sqrt(1 - abar / abar'). Divided by sqrt(abar') this is
/// x' = x0 + sigma_down eps + sigma_up noise with the split of <see cref="StepMath.Ancestral"/>.
/// </summary>
internal sealed class DdimSampler() : Sampler(
    new SamplerTraits("DDIM", "ddim")
    {
        OwnSchedule = new DdimSchedule(),
        DefaultEta = 0,
        StartsAtZ = true,
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
            var x0 = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var eps = StepMath.ToD(x, sigma, x0);
            var (sigmaDown, sigmaUp) = StepMath.Ancestral(sigma, sigmaNext, eta);
            x = StepMath.Sum((1, x0), (sigmaDown, eps));
            if (eta > 0)
            {
                x = StepMath.Sum((1, x), (sigmaUp, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, x0, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
