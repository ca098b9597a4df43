namespace RegionWebUI.Fuzz;

/// <summary>The search as a test runs it: every kept input, and a set number of seeded changes.</summary>
/// <param name="target">The reader.</param>
internal sealed class CorpusSearch(FuzzTarget target)
{
    private const int LongestChanged = 4096;

    private readonly IReadOnlyList<KeyValuePair<string, byte[]>> _corpus = Corpus.Load(Corpus.DefaultFolder, target);

    /// <summary>Inputs that were read.</summary>
    public int Accepted { get; private set; }

    /// <summary>Inputs that were refused as they should be.</summary>
    public int Refused { get; private set; }

    /// <summary>Problems of the kept inputs, each with the file's name.</summary>
    public IReadOnlyList<string> KeptInputs() => [.. _corpus.Select(file => Look(file.Key, file.Value)).OfType<string>()];

    /// <summary>Problems of changed inputs, each with the input as Base64.</summary>
    /// <param name="count">How many are made.</param>
    /// <param name="seed">Decides which.</param>
    public IReadOnlyList<string> ChangedInputs(int count, int seed)
    {
        var random = new Random(seed);
        var problems = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var input = target.Mutate(Any(), Any(), random);

            // Long ones take most of the time; the program has it.
            if (input.Length <= LongestChanged && Look(Convert.ToBase64String(input), input) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems;

        byte[] Any() => _corpus[random.Next(_corpus.Count)].Value;
    }

    private string? Look(string name, byte[] input)
    {
        var outcome = FuzzCheck.Twice(target, input);
        (Accepted, Refused) = outcome.Trail.IsAccepted ? (Accepted + 1, Refused) : (Accepted, Refused + 1);
        return outcome.Problem is null ? null : $"{name}: {outcome.Problem}";
    }
}
