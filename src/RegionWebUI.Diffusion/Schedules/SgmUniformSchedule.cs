namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// Timesteps in equal strides that stop one stride above the lowest, then sigma 0: Stability's generative-models spacing.
/// </summary>
internal sealed class SgmUniformSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "SGM Uniform";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var (start, end) = (noise.T(options.SigmaMax ?? noise.SigmaMax), noise.T(options.SigmaMin ?? noise.SigmaMin));
        return [.. Ramp(start, end, steps + 1).SkipLast(1).Select(noise.Sigma), 0];
    }
}
