using System.Diagnostics;

namespace RegionWebUI.Fuzz;

/// <summary>Searches all asked targets in turns, one thread; another one watches that no input takes too long.</summary>
/// <param name="arguments">What is asked for.</param>
internal sealed class FuzzRun(FuzzArguments arguments)
{
    // Processor time, not wall clock: on a busy machine the program may stand still for long.
    private static readonly TimeSpan _longestInput = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<FuzzSearch> _searches =
        [.. arguments.Targets.Select(target => new FuzzSearch(target, arguments.CorpusFolder, arguments.Seed))];

    /// <summary>Runs to the end of the time, or to an input that hangs.</summary>
    /// <returns>Number of findings.</returns>
    public int Run()
    {
        var thread = new Thread(Search, maxStackSize: 1 << 20) { IsBackground = true };
        thread.Start();
        WatchedInput? before = null;
        while (!thread.Join(TimeSpan.FromMilliseconds(500)))
        {
            var now = _searches.Select(search => search.Current).FirstOrDefault(watched => watched is not null);
            if (now is not null && ReferenceEquals(now, before) && Environment.CpuUsage.TotalTime - now.Start > _longestInput)
            {
                _searches.Single(search => search.Target == now.Target).Keep("Hangs.", now.Input);
                break;
            }

            before = now;
        }

        Console.WriteLine(FuzzSearch.TableHead);
        foreach (var search in _searches)
        {
            Console.WriteLine(search.Row());
        }

        return _searches.Sum(search => search.FindingCount);
    }

    private void Search()
    {
        var time = Stopwatch.StartNew();
        var end = TimeSpan.FromMinutes(arguments.Minutes);
        foreach (var search in _searches)
        {
            search.Start();
        }

        var turn = TimeSpan.FromTicks(Math.Min(_turn.Ticks, end.Ticks / _searches.Count));
        for (var next = 0; time.Elapsed < end; next = (next + 1) % _searches.Count)
        {
            _searches[next].RunFor(turn);
        }

        if (arguments.Grow)
        {
            foreach (var search in _searches)
            {
                search.Grow();
            }
        }
    }
}
