namespace RegionWebUI.Diffusion;

/// <summary>Finds the name somebody probably meant, and says so.</summary>
public static class NameSuggestion
{
    private const int LongestCompared = 64;
    private const int LongestShown = 40;

    /// <summary>One sentence for a name nobody has: what was given, the nearest name and all names.</summary>
    /// <param name="kind">What the name is for, in lower case.</param>
    /// <param name="name">What was given, of any length.</param>
    /// <param name="names">The names that exist, at least one.</param>
    /// <param name="patterns">Further forms that are legal, listed after the names.</param>
    public static string Unknown(string kind, string name, IReadOnlyList<string> names, params IEnumerable<string> patterns) =>
        $"There is no {kind} '{Shortened(name)}'; the nearest is '{Nearest(name, names)}' (all: {string.Join(", ", names.Concat(patterns))}).";

    /// <summary>A text as typed, cut to what a sentence can carry.</summary>
    public static string Shortened(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestShown ? text : text[..LongestShown] + "...";
    }

    /// <summary>The candidate with the fewest single-letter edits to <paramref name="name"/>, letter case aside; the first of equals.</summary>
    /// <returns>Null only when there are no candidates.</returns>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        var wanted = Fold(name);
        return candidates.MinBy(c => Distance(wanted, Fold(c)));
    }

    private static string Fold(string text) => text[..Math.Min(text.Length, LongestCompared)].ToUpperInvariant();

    // Levenshtein distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
