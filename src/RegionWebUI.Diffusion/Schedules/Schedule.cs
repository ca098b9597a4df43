namespace RegionWebUI.Diffusion.Schedules;

/// <summary>A rule that spreads the steps of a run over noise levels.</summary>
internal abstract class Schedule
{
    /// <summary>The name A1111 shows and writes into the infotext.</summary>
    public abstract string Name { get; }

    /// <summary>The table lies between the options' lowest and highest sigma.</summary>
    public virtual bool HasRange => false;

    /// <summary>Curvature where the options name none; null where the table has none.</summary>
    public virtual double? DefaultRho => null;

    /// <summary>
    /// The noise levels of a run, falling: one more than there are steps. The last is where the run ends, mostly 0.
    /// </summary>
    /// <exception cref="BadInputException">Steps outside 1..1000, or options no table can be made of.</exception>
    public double[] Sigmas(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        if (steps is < 1 or > 1000)
        {
            throw new BadInputException("Steps", $"Steps {steps} is outside 1..1000.");
        }

        // A range that the table does not lie in cannot be wrong.
        (HasRange ? options : options with { SigmaMin = null, SigmaMax = null }).Validate(noise);
        if (!options.DiscardNextToLastSigma)
        {
            return Table(steps, noise, options);
        }

        var longer = Table(steps + 1, noise, options);
        return [.. longer[..^2], longer[^1]];
    }

    /// <summary>As <see cref="Sigmas"/>, but where that ends at 0 this ends at the lowest level above it, after as many steps.</summary>
    /// <inheritdoc cref="Sigmas"/>
    public double[] SigmasAboveZero(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var sigmas = Sigmas(steps, noise, options);
        return sigmas[^1] > 0 ? sigmas : Table(steps + 1, noise, options)[..^1];
    }

    /// <summary>The table for checked arguments.</summary>
    protected abstract double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options);

    /// <summary><paramref name="count"/> values in equal strides, both ends included; a single one is the first.</summary>
    protected static IEnumerable<double> Ramp(double first, double last, int count) =>
        Enumerable.Range(0, count).Select(i => i == 0 ? first : i == count - 1 ? last : first + ((last - first) * i / (count - 1)));
}
