namespace RegionWebUI.Diffusion.Schedules;

/// <summary>Equal strides of ln sigma, then sigma 0: k-diffusion's exponential schedule.</summary>
internal sealed class ExponentialSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "Exponential";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var (low, high) = (Math.Log(options.SigmaMin ?? noise.SigmaMin), Math.Log(options.SigmaMax ?? noise.SigmaMax));
        return [.. Ramp(high, low, steps).Select(Math.Exp), 0];
    }
}
