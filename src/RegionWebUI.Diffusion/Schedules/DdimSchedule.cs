namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// DDIM's own timesteps t = 1 + kc for k = 0 .. steps - 1, c = Count / steps in whole numbers: one model call per step, ending at
/// abar_0 and not at 0 (with <see cref="ScheduleOptions.DropLastCall"/> at t = 1). As in diffusers ("leading" spacing), a count
/// that does not divide Count starts below the noisiest timestep.
/// </summary>
internal sealed class DdimSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "DDIM";

    /// <summary>
    /// CompVis's table, rising: all t = 1 + kc below Count + 1, which is longer than asked where steps does not divide Count (30
    /// gives 31). The last is held inside the model's table, as A1111 does; CompVis fails where it is not.
    /// </summary>
    /// <exception cref="BadInputException">The model has fewer timesteps than steps are asked.</exception>
    public static int[] Timesteps(int steps, int count)
    {
        if (steps < 1 || steps > count)
        {
            throw new BadInputException("Steps", $"Steps {steps} is outside 1..{count}, the timesteps of this model.");
        }

        var c = count / steps;
        var timesteps = new int[(count + c - 1) / c];
        for (var k = 0; k < timesteps.Length; k++)
        {
            timesteps[k] = Math.Min(1 + (k * c), count - 1);
        }

        return timesteps;
    }

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options) =>
        options.DropLastCall
            ? [.. Timesteps(steps, noise.Count).Reverse().Select(t => noise.Sigma(t))]
            : [.. Timesteps(steps, noise.Count).Take(steps).Reverse().Select(t => noise.Sigma(t)), noise.Sigma(0)];
}
