namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// The timesteps 1 + kc of DDIM for samplers that walk sigmas, then sigma 0. c is Count / steps in whole numbers, and all k that
/// fit are taken: where steps does not divide Count the run is longer than asked (30 gives 31), as in A1111.
/// </summary>
internal sealed class DdimUniformSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "DDIM";

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var stride = Math.Max(noise.Count / steps, 1);
        var last = (noise.Count - 2) / stride;
        return [.. Enumerable.Range(0, last + 1).Select(k => noise.Sigma(1 + ((last - k) * stride))), 0];
    }
}
