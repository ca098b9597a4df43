namespace RegionWebUI.Diffusion.Schedules;

/// <summary>Timesteps in equal strides between those of the highest and the lowest sigma, then sigma 0.</summary>
internal sealed class NormalSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "Normal";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var (start, end) = (noise.T(options.SigmaMax ?? noise.SigmaMax), noise.T(options.SigmaMin ?? noise.SigmaMin));
        return [.. Ramp(start, end, steps).Select(noise.Sigma), 0];
    }
}
