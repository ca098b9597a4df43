namespace RegionWebUI.Diffusion.Schedules;

/// <summary>The answer to a name nobody has.</summary>
internal static class NearestName
{
    private const int LongestShown = 40;

    /// <summary>One sentence with the value, the nearest known name and all known names.</summary>
    /// <param name="field">The request's property, also the word for the kind of thing.</param>
    /// <param name="value">What was given, of any length.</param>
    /// <param name="names">At least one known name.</param>
    public static BadInputException Unknown(string field, string value, IReadOnlyList<string> names)
    {
        var shown = value.Length <= LongestShown ? value : value[..LongestShown] + "…";
        var nearest = names.MinBy(name => Distance(shown.ToLowerInvariant(), name.ToLowerInvariant()));
        return new BadInputException(field, $"{field} '{shown}' is not known: the nearest is '{nearest}' of {string.Join(", ", names)}.");
    }

    // Levenshtein (1966): the fewest insertions, deletions and replacements.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
