using System.Globalization;

namespace RegionWebUI.Fuzz;

/// <summary>What the command line asks for.</summary>
/// <param name="Targets">The readers to search.</param>
/// <param name="Minutes">Wall clock for all of them together.</param>
/// <param name="Seed">Decides every change; with the same seed each target tries the same inputs in the same order.</param>
/// <param name="CorpusFolder">Holds a folder of inputs for each target; findings are kept there.</param>
/// <param name="Grow">Whether small inputs that showed something new are kept at the end.</param>
internal sealed record FuzzArguments(IReadOnlyList<FuzzTarget> Targets, double Minutes, int Seed, string CorpusFolder, bool Grow)
{
    /// <summary>How the program is called.</summary>
    public const string Help = """
        Searches for inputs that break the promises of the readers of untrusted files and texts.

          RegionWebUI.Fuzz [all | picture | prompt | infotext | safetensors]
            --minutes N     wall clock for all targets together (default 1)
            --seed N        decides every change (default 1)
            --corpus PATH   folder with a folder of inputs for each target (default tests/fuzz-corpus)
            --grow          keep small inputs that showed something new

        An input that breaks a promise is kept in the corpus as found-*.bin. The exit code is 0 without findings, 1 with, 2 for wrong arguments.
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It cannot be understood; the message is one sentence.</exception>
    public static FuzzArguments Parse(IReadOnlyList<string> words)
    {
        var result = new FuzzArguments([], 1, 1, Corpus.DefaultFolder, false);
        var name = "all";
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--minutes":
                    var text = Value(words, ++i);
                    result = double.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 10_000
                        ? result with { Minutes = minutes }
                        : throw new ArgumentException($"--minutes is '{text}'; it must be a number above 0, at most 10000.");
                    break;
                case "--seed":
                    var number = Value(words, ++i);
                    result = int.TryParse(number, CultureInfo.InvariantCulture, out var seed)
                        ? result with { Seed = seed }
                        : throw new ArgumentException($"--seed is '{number}'; it must be a whole number.");
                    break;
                case "--corpus":
                    result = result with { CorpusFolder = Value(words, ++i) };
                    break;
                case "--grow":
                    result = result with { Grow = true };
                    break;
                case ['-', ..]:
                    throw new ArgumentException($"There is no option '{words[i]}'.");
                default:
                    name = words[i];
                    break;
            }
        }

        IReadOnlyList<FuzzTarget> targets = [.. FuzzTargets.All().Where(target => name == "all" || target.Name == name)];
        return targets.Count > 0 ? result with { Targets = targets } : throw new ArgumentException($"There is no target '{name}'.");
    }

    private static string Value(IReadOnlyList<string> words, int at) =>
        at < words.Count ? words[at] : throw new ArgumentException($"'{words[at - 1]}' needs a value.");
}
