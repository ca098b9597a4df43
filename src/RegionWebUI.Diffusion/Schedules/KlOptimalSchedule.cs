namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// Equal strides of arctan sigma, Eq. (16) of Sabour et al. (2024, Align Your Steps): it minimises the divergence for Gaussian data.
/// It ends at the lowest sigma and not at 0.
/// </summary>
internal sealed class KlOptimalSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "KL Optimal";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var (low, high) = (Math.Atan(options.SigmaMin ?? noise.SigmaMin), Math.Atan(options.SigmaMax ?? noise.SigmaMax));
        return [.. Ramp(high, low, steps + 1).Select(Math.Tan)];
    }
}
