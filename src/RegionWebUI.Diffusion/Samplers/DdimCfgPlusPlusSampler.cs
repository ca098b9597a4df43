using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// DDIM with CFG++, Algorithm 2 of Chung et al. (2024, CFG++): the picture comes from the guided eps, but the way to the next noise level
/// is that of the unguided one, x' = x0 + sigma_down eps_uncond + sigma_up noise. Its guidance scale lambda lies in 0..1; as in A1111 a
/// CFG scale of 12.5 stands for 1.
/// </summary>
internal sealed class DdimCfgPlusPlusSampler() : Sampler(
    new SamplerTraits("DDIM CFG++", "ddim_cfgpp")
    {
        OwnSchedule = new DdimSchedule(),
        DefaultEta = 0,
        UsesUnguidedEps = true,
        GuidanceShare = 1 / 12.5,
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
            var (sigmaDown, sigmaUp) = StepMath.Ancestral(sigma, sigmaNext, eta);
            x = StepMath.Sum((1, x0), (sigmaDown, run.UnguidedEps?.Invoke() ?? StepMath.ToD(x, sigma, x0)));
            if (eta > 0)
            {
                x = StepMath.Sum((1, x), (sigmaUp, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, x0, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
