namespace RegionWebUI.Benchmarks;

/// <summary>Milliseconds of the calls of one contender.</summary>
/// <param name="Best">The fastest call.</param>
/// <param name="Median">The middle one.</param>
/// <param name="Calls">Number of calls.</param>
internal sealed record Timing(double Best, double Median, int Calls)
{
    public static Timing Of(IReadOnlyCollection<double> samples)
    {
        var sorted = samples.Order().ToList();
        return new Timing(sorted[0], (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted.Count);
    }
}
