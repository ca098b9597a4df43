using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// Restart sampling, Algorithm 1 of Xu et al. (2023), with Heun's steps: having come down to sigma 0.1 the state is noised up to 2
/// again and comes down anew, once from 20 steps on, twice from 36 on. The number of steps stays the one asked for.
/// </summary>
internal sealed class RestartSampler() : Sampler(
    new SamplerTraits("Restart", "restart")
    {
        OwnSchedule = new KarrasSchedule(),
        CallsPerStep = 2,
        ScalesNoise = true,
    })
{
    private const double RestartMin = 0.1;
    private const double RestartMax = 2;

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        var way = Way(run.Sigmas);
        for (var i = 0; i < way.Count; i++)
        {
            var (sigma, sigmaNext) = way[i];
            var stride = new SamplerStride(i, way.Count, sigma, sigmaNext);
            if (i > 0 && sigma > way[i - 1].To)
            {
                var raise = Math.Sqrt((sigma * sigma) - (way[i - 1].To * way[i - 1].To));
                x = StepMath.Sum((1, x), (run.Options.SNoise * raise, run.Noise()));
            }

            var denoised = await DenoiseAsync(run, x, stride, sigma, cancellationToken).ConfigureAwait(false);
            var d = StepMath.ToD(x, sigma, denoised);
            var next = StepMath.Sum((1, x), (sigmaNext - sigma, d));
            if (sigmaNext > 0)
            {
                var denoised2 = await DenoiseAsync(run, next, stride, sigmaNext, cancellationToken).ConfigureAwait(false);
                var half = (sigmaNext - sigma) / 2;
                next = StepMath.Sum((1, x), (half, d), (half, StepMath.ToD(next, sigmaNext, denoised2)));
            }

            x = await AfterStepAsync(run, next, stride, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    private static List<(double From, double To)> Way(IReadOnlyList<double> sigmas)
    {
        var steps = sigmas.Count - 1;
        var (restarts, length) = steps >= 36 ? (2, steps / 4) : steps >= 20 ? (1, 9) : (0, 0);
        double[] table = restarts == 0 ? [.. sigmas] : [.. KarrasSchedule.Between(sigmas[0], sigmas[^2], steps - (restarts * length)), 0];
        var way = Strides(table);
        var (low, high) = (Nearest(table, RestartMin), Nearest(table, RestartMax));
        if (low > high)
        {
            var again = Strides(KarrasSchedule.Between(table[high], table[low], length + 1));
            way.InsertRange(low, Enumerable.Repeat(again, restarts).SelectMany(strides => strides));
        }

        return way;
    }

    private static List<(double From, double To)> Strides(IReadOnlyList<double> table) => [.. table.Zip(table.Skip(1))];

    private static int Nearest(double[] table, double sigma) => Array.IndexOf(table, table.MinBy(s => Math.Abs(s - sigma)));
}
