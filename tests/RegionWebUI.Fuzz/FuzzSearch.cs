using System.Diagnostics;
using System.Globalization;

namespace RegionWebUI.Fuzz;

/// <summary>The search in one target: changes inputs of its pool, judges them, and keeps what breaks a promise.</summary>
internal sealed class FuzzSearch
{
    private const int LongInput = 4096;
    private const int TwiceEvery = 8;
    private const double MostMilliseconds = 250;

    /// <summary>Head of a table of <see cref="Row"/>.</summary>
    public const string TableHead = """
        | target | minutes | of a processor | inputs | read | kinds of things | pool | slowest byte | most bytes a byte | most memory | findings |
        |---|---|---|---|---|---|---|---|---|---|---|
        """;

    private readonly string _folder;
    private readonly Random _random;
    private readonly FuzzPool _pool = new();
    private readonly Dictionary<string, int> _findings = [];
    private readonly Stopwatch _time = new();
    private TimeSpan _processor;
    private long _inputs;
    private long _accepted;
    private double _mostMicrosecondsPerByte;
    private double _mostAllocatedPerByte;
    private long _mostAllocated;

    public FuzzSearch(FuzzTarget target, string folder, int seed)
    {
        Target = target;
        _folder = folder;
        _random = new Random(seed);
    }

    /// <summary>The reader.</summary>
    public FuzzTarget Target { get; }

    /// <summary>What is being read, for who watches from another thread; null between inputs.</summary>
    public WatchedInput? Current { get; private set; }

    /// <summary>Different promises broken.</summary>
    public int FindingCount => _findings.Count;

    /// <summary>Reads the kept inputs.</summary>
    public void Start()
    {
        _time.Start();
        foreach (var (_, input) in Corpus.Load(_folder, Target))
        {
            _pool.AddKept(input, Judge(input, twice: true));
        }

        _time.Stop();
    }

    /// <summary>Changes inputs for a while.</summary>
    public void RunFor(TimeSpan span)
    {
        var end = _time.Elapsed + span;
        var start = Environment.CpuUsage.TotalTime;
        _time.Start();
        while (_time.Elapsed < end)
        {
            var input = Target.Mutate(_pool.Any(_random), _pool.Any(_random), _random);
            _pool.Offer(input, Judge(input, twice: _inputs % TwiceEvery == 0));
        }

        _time.Stop();
        _processor += Environment.CpuUsage.TotalTime - start;
    }

    /// <summary>Keeps an input that broke a promise, the first for each promise.</summary>
    public void Keep(string problem, byte[] input)
    {
        var kind = new string([.. problem.Split('\n')[0].Take(80).Where(letter => !char.IsDigit(letter))]);
        _findings[kind] = _findings.GetValueOrDefault(kind) + 1;
        if (_findings[kind] == 1)
        {
            Console.WriteLine($"FOUND {Target.Name}: {Corpus.Keep(_folder, Target, problem, input)}\n  {problem}");
        }
    }

    /// <summary>Writes the new inputs that showed most in least.</summary>
    public void Grow()
    {
        foreach (var (input, i) in _pool.Grown().Select((input, i) => (input, i)))
        {
            File.WriteAllBytes(Path.Combine(_folder, Target.Name, $"grown-{i:d2}.bin"), input);
        }
    }

    /// <summary>One row of a table: what was tried and what it took.</summary>
    public string Row() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Target.Name} | {_time.Elapsed.TotalMinutes:f1} | {_processor.TotalMinutes:f1} | {_inputs} | "
        + $"{100.0 * _accepted / Math.Max(_inputs, 1):f0} % | {_pool.FeatureCount} | "
        + $"{_pool.Count} | {_mostMicrosecondsPerByte:f2} us | {_mostAllocatedPerByte:f0} | {_mostAllocated >> 10} KiB | {FindingCount} |");

    private Trail Judge(byte[] input, bool twice)
    {
        var start = Environment.CpuUsage.TotalTime;
        Current = new WatchedInput(Target, input, start);
        var outcome = FuzzCheck.Once(Target, input);
        var spent = Environment.CpuUsage.TotalTime - start;
        if (twice || outcome.Problem is not null)
        {
            outcome = FuzzCheck.Twice(Target, input);
        }

        _inputs++;
        _accepted += outcome.Trail.IsAccepted ? 1 : 0;
        var problem = outcome.Problem ?? Slowness(input, spent);
        Current = null;
        if (problem is not null)
        {
            Keep(problem, input);
        }
        else
        {
            Note(input, outcome.Allocated);
        }

        return outcome.Trail;
    }

    // Anything else on the machine makes an input seem slow now and then, so only one that stays slow counts.
    private string? Slowness(byte[] input, TimeSpan spent)
    {
        var most = MostMilliseconds + Target.MostMicrosecondsPerByte * input.Length / 1000;
        for (var again = 0; again < 3 && (spent.TotalMilliseconds > most || IsRecord(input, spent)); again++)
        {
            var start = Environment.CpuUsage.TotalTime;
            FuzzCheck.Once(Target, input);
            var next = Environment.CpuUsage.TotalTime - start;
            spent = next < spent ? next : spent;
        }

        if (IsRecord(input, spent))
        {
            _mostMicrosecondsPerByte = spent.TotalMicroseconds / input.Length;
        }

        return spent.TotalMilliseconds > most ? $"Took {spent.TotalMilliseconds:f0} ms for {input.Length} bytes, more than {most:f0}." : null;
    }

    private bool IsRecord(byte[] input, TimeSpan spent) =>
        input.Length >= LongInput && spent.TotalMicroseconds / input.Length > _mostMicrosecondsPerByte;

    private void Note(byte[] input, long allocated)
    {
        _mostAllocated = Math.Max(_mostAllocated, allocated);
        if (input.Length >= LongInput)
        {
            _mostAllocatedPerByte = Math.Max(_mostAllocatedPerByte, allocated / (double)input.Length);
        }
    }
}
