namespace RegionWebUI.Diffusion.Schedules;

/// <summary>Every n-th entry of the model's own table from the noisy end, then sigma 0.</summary>
internal sealed class SimpleSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "Simple";

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var stride = noise.Count / (double)steps;
        return [.. Enumerable.Range(0, steps).Select(i => noise.Sigma(noise.Count - 1 - (int)(i * stride))), 0];
    }
}
