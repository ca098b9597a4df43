namespace RegionWebUI.Diffusion.Schedules;

/// <summary>Timesteps in equal strides from the last to 0, then sigma 0: <c>get_sigmas</c> of k-diffusion's discrete models.</summary>
internal sealed class UniformSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "Uniform";

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var sigmas = new double[steps + 1];
        for (var i = 0; i < steps; i++)
        {
            // One step alone starts at the noisy end.
            var left = steps == 1 ? 1 : (steps - 1 - i) / (double)(steps - 1);
            sigmas[i] = noise.Sigma((noise.Count - 1) * left);
        }

        return sigmas;
    }
}
