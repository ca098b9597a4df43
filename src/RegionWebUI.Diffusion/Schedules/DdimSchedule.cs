namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// DDIM's own timesteps t = 1 + kc with c = Count / steps in whole numbers, as in CompVis, where a step count that does not
/// divide Count gives more steps than asked (30 gives 31). The run ends at abar_0, not at 0.
/// </summary>
internal sealed class DdimSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "DDIM";

    /// <summary>The timesteps, rising. The last is held inside the model's table, as A1111 does (CompVis fails there: steps 3, 9, 27, above 500).</summary>
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
        [.. Timesteps(steps, noise.Count).Reverse().Select(t => noise.Sigma(t)), noise.Sigma(0)];
}
