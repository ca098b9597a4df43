using System.Diagnostics;

namespace RegionWebUI.Benchmarks;

/// <summary>
/// Times contenders in turns, so that a machine that gets slower or busier does so for all of them. The first call of each turn is not
/// counted: it pays for the caches and for the other contender's threads that are still spinning.
/// </summary>
internal static class Interleaved
{
    /// <summary>Milliseconds of every counted call, per contender.</summary>
    /// <param name="turns">Turns each contender gets.</param>
    /// <param name="callsPerTurn">Counted calls of one turn.</param>
    /// <param name="contenders">What is timed.</param>
    public static IReadOnlyList<Timing> Measure(int turns, int callsPerTurn, params IReadOnlyList<Action> contenders)
    {
        var samples = contenders.Select(_ => new List<double>()).ToList();
        foreach (var contender in contenders)
        {
            contender();
        }

        for (var turn = 0; turn < turns; turn++)
        {
            for (var k = 0; k < contenders.Count; k++)
            {
                contenders[k]();
                for (var call = 0; call < callsPerTurn; call++)
                {
                    var started = Stopwatch.GetTimestamp();
                    contenders[k]();
                    samples[k].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        return [.. samples.Select(Timing.Of)];
    }
}
