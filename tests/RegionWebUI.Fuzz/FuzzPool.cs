namespace RegionWebUI.Fuzz;

/// <summary>Inputs worth changing further: the corpus, and those that showed a kind of thing that no input before them did.</summary>
internal sealed class FuzzPool
{
    private const int MostInputs = 4000;
    private const int MostRefused = 300;
    private const int MostNewest = 64;
    private const int MostGrown = 40;
    private const int Short = 2048;
    private const int LongestGrown = 2048;

    private readonly List<(byte[] Input, IReadOnlyCollection<ulong> Features)> _inputs = [];
    private readonly List<byte[]> _accepted = [];
    private readonly HashSet<ulong> _features = [];
    private int _kept;
    private int _refused;

    /// <summary>Kinds of things seen.</summary>
    public int FeatureCount => _features.Count;

    /// <summary>Inputs held.</summary>
    public int Count => _inputs.Count;

    /// <summary>Adds an input of the corpus.</summary>
    public void AddKept(byte[] input, Trail trail)
    {
        _features.UnionWith(trail.Features);
        _kept++;
        Add(input, trail);
    }

    /// <summary>Adds an input if it showed something new.</summary>
    public void Offer(byte[] input, Trail trail)
    {
        var seen = _features.Count;
        _features.UnionWith(trail.Features);
        if (_features.Count > seen && _inputs.Count < MostInputs && (trail.IsAccepted || _refused++ < MostRefused))
        {
            Add(input, trail);
        }
    }

    /// <summary>Any input, half of the time one that was read; long ones seldom, as many short ones tell more.</summary>
    public byte[] Any(Random random)
    {
        var (first, second) = (One(random), One(random));
        return random.Next(8) == 0 || first.Length < Math.Max(second.Length, Short) ? first : second;
    }

    /// <summary>The shortest new inputs that show what neither the corpus nor a shorter one shows.</summary>
    public IReadOnlyList<byte[]> Grown()
    {
        var seen = _inputs.Take(_kept).SelectMany(entry => entry.Features).ToHashSet();
        var grown = new List<byte[]>();
        foreach (var (input, features) in _inputs.Skip(_kept).Where(entry => entry.Input.Length <= LongestGrown).OrderBy(entry => entry.Input.Length))
        {
            var before = seen.Count;
            seen.UnionWith(features);
            if (seen.Count > before && grown.Count < MostGrown)
            {
                grown.Add(input);
            }
        }

        return grown;
    }

    private void Add(byte[] input, Trail trail)
    {
        _inputs.Add((input, trail.Features));
        if (trail.IsAccepted)
        {
            _accepted.Add(input);
        }
    }

    private byte[] One(Random random) => random.Next(4) switch
    {
        0 or 1 when _accepted.Count > 0 => _accepted[random.Next(_accepted.Count)],
        2 => _inputs[random.Next(_inputs.Count)].Input,
        _ => _inputs[^(random.Next(Math.Min(_inputs.Count, MostNewest)) + 1)].Input,
    };
}
