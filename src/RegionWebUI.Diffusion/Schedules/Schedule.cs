namespace RegionWebUI.Diffusion.Schedules;

/// <summary>A rule that spreads the steps of a run over noise levels.</summary>
internal abstract class Schedule
{
    /// <summary>The name A1111 shows and writes into the infotext.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The noise levels of a run, falling: one more than there are model steps. The last is where the run ends, mostly 0.
    /// </summary>
    /// <exception cref="BadInputException">Steps outside 1..1000, or options no table can be made of.</exception>
    public double[] Sigmas(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        if (steps is < 1 or > 1000)
        {
            throw new BadInputException("Steps", $"Steps {steps} is outside 1..1000.");
        }

        options.Validate(noise);
        if (!options.DiscardNextToLastSigma)
        {
            return Table(steps, noise, options);
        }

        var longer = Table(steps + 1, noise, options);
        return [.. longer[..^2], longer[^1]];
    }

    /// <summary>The table for checked arguments.</summary>
    protected abstract double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options);
}
