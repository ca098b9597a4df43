namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// Noise levels at the quantiles of a Beta distribution, then sigma 0: Lee et al. (2024, Beta Sampling is All You Need), applied
/// to sigma as A1111 does. Values below 1 put more steps at both ends.
/// </summary>
internal sealed class BetaSchedule : Schedule
{
    private const double DefaultShape = 0.6;

    /// <inheritdoc/>
    public override string Name => "Beta";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var distribution = new BetaDistribution(options.BetaAlpha ?? DefaultShape, options.BetaBeta ?? DefaultShape);
        var (min, max) = (options.SigmaMin ?? noise.SigmaMin, options.SigmaMax ?? noise.SigmaMax);
        double[] sigmas = [.. Ramp(1, 0, steps).Select(p => min + (distribution.Quantile(p) * (max - min))), 0];
        for (var i = 0; i < steps; i++)
        {
            if (!(sigmas[i] > sigmas[i + 1]))
            {
                throw new BadInputException(
                    "Schedule",
                    $"The Beta schedule with alpha {distribution.Alpha} and beta {distribution.Beta} repeats a noise level in {steps} steps.");
            }
        }

        return sigmas;
    }
}
