using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>DPM-Solver++(2M): Algorithm 2 of Lu et al. (2022, DPM-Solver++), on the data prediction.</summary>
internal sealed class DpmPlusPlus2MSampler() : Sampler(new SamplerTraits("DPM++ 2M", "k_dpmpp_2m") { OwnSchedule = new KarrasSchedule() })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        double[]? oldDenoised = null;
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var data = denoised;
            if (oldDenoised is not null && sigmaNext > 0)
            {
                // r is the ratio of the last stride to this one in lambda = -ln sigma.
                var r = Math.Log(run.Sigmas[i - 1] / sigma) / Math.Log(sigma / sigmaNext);
                data = StepMath.Sum((1 + (1 / (2 * r)), denoised), (-1 / (2 * r), oldDenoised));
            }

            x = StepMath.Toward(data, x, sigma, sigmaNext);
            oldDenoised = denoised;
            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
