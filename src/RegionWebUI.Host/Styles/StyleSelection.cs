using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Styles;

/// <summary>Finds styles by the names a user typed.</summary>
public static class StyleSelection
{
    /// <summary>The styles of these names, in this order.</summary>
    /// <param name="shelf">The styles there are.</param>
    /// <param name="names">Names as typed; one that comes twice is selected once.</param>
    /// <exception cref="BadInputException">There is no style of a name; the sentence says which is nearest.</exception>
    public static IReadOnlyList<PromptStyle> Of(IStyleShelf shelf, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Distinct(StringComparer.Ordinal).Select(name => shelf.Find(name) ?? throw Unknown(shelf, name))];
    }

    /// <summary>The refusal of a name that no style has.</summary>
    public static BadInputException Unknown(IStyleShelf shelf, string name)
    {
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(name);

        // There may be hundreds, so that the others are not named.
        var nearest = NameSuggestion.Nearest(name, shelf.Styles.Select(s => s.Name));
        var advice = nearest is null ? "none is kept" : $"the nearest is '{NameSuggestion.Shortened(nearest)}'";
        return new BadInputException("Style", $"There is no style '{NameSuggestion.Shortened(ErrorText.Line(name))}'; {advice}.");
    }
}
