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
        var nearest = NameSuggestion.Nearest(value, names);
        return new BadInputException(field, $"{field} '{shown}' is not known: the nearest is '{nearest}' of {string.Join(", ", names)}.");
    }
}
