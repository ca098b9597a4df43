namespace RegionWebUI.Imaging.Infotext;

/// <summary>The user's wishes for pasted infotexts.</summary>
public sealed record InfotextPasteOptions
{
    /// <summary>What happens to styles found in the prompt.</summary>
    public StylePasting StylePasting { get; init; } = StylePasting.ApplyIfAny;

    /// <summary>The styles to look for; of two that fit, the earlier is taken out first.</summary>
    public IReadOnlyList<PromptStyle> Styles { get; init; } = [];

    /// <summary>Keys to leave out of the result (<c>Seed</c>, <c>Size-1</c>); unknown ones are no error.</summary>
    public IReadOnlyCollection<string> Skip { get; init; } = [];
}
