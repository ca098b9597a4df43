namespace RegionWebUI.Imaging.Infotext;

/// <summary>What A1111 v1.10.1 would put into its fields for an infotext.</summary>
/// <param name="Values">
/// The values by key, in A1111's order: texts as the infotext has them, and what A1111 adds, in its own types (the text <c>1</c>, the
/// integer 0 and the truth value False differ). The prompts are <c>Prompt</c> and <c>Negative prompt</c>.
/// </param>
/// <param name="Styles">Names of the styles to select; null leaves the selection as it is.</param>
public sealed record PastedInfotext(IReadOnlyDictionary<string, InfotextValue> Values, IReadOnlyList<string>? Styles);
