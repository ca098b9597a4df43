using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// Pseudo linear multistep, Algorithm 2 of Liu et al. (2022, PNDM) begun with an improved Euler step, as CompVis does: in
/// x = z / sqrt(abar) the transfer of Eq. (11) is an Euler step along eps, and eps is Eq. (12)'s mean of the last four.
/// </summary>
internal sealed class PlmsSampler() : Sampler(new SamplerTraits("PLMS", "plms") { OwnSchedule = new DdimSchedule(), StartsAtZ = true })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        List<double[]> past = [];
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var x0 = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var eps = StepMath.ToD(x, sigma, x0);
            var mean = Mean(eps, past);
            if (i == 0 && sigmaNext > 0)
            {
                var euler = StepMath.Sum((1, x), (sigmaNext - sigma, eps));
                var ahead = await DenoiseAsync(run, euler, i, sigmaNext, cancellationToken).ConfigureAwait(false);
                mean = StepMath.Sum((0.5, eps), (0.5, StepMath.ToD(euler, sigmaNext, ahead)));
            }

            past = [eps, .. past.Take(2)];
            x = StepMath.Sum((1, x), (sigmaNext - sigma, mean));
            x = await AfterStepAsync(run, x, i, x0, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    // Adams and Bashforth's weights for equal strides, newest first.
    private static double[] Mean(double[] eps, List<double[]> past) => past.Count switch
    {
        0 => eps,
        1 => StepMath.Sum((3 / 2.0, eps), (-1 / 2.0, past[0])),
        2 => StepMath.Sum((23 / 12.0, eps), (-16 / 12.0, past[0]), (5 / 12.0, past[1])),
        _ => StepMath.Sum((55 / 24.0, eps), (-59 / 24.0, past[0]), (37 / 24.0, past[1]), (-9 / 24.0, past[2])),
    };
}
