using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Pictures;

/// <summary>What a picture file says of itself, as <c>info --json</c> and the API show it.</summary>
/// <param name="Format">png, jpeg or webp, by content.</param>
/// <param name="Width">Pixels per row, upright.</param>
/// <param name="Height">Rows, upright.</param>
/// <param name="Infotext">The generation parameters as they stand in the file; null when there are none or they cannot be read.</param>
/// <param name="TextProblem">One sentence when there are such parameters but they cannot be read.</param>
/// <param name="Prompt">The prompt; null without an infotext.</param>
/// <param name="NegativePrompt">The negative prompt; empty when the infotext has none, null without an infotext.</param>
/// <param name="Fields">Keys and unquoted values in the infotext's order; of a key that comes more than once the last value.</param>
internal sealed record PictureInfoView(
    string Format,
    int Width,
    int Height,
    string? Infotext,
    string? TextProblem,
    string? Prompt,
    string? NegativePrompt,
    IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The view of what was read.</summary>
    public static PictureInfoView Of(PictureInfo info)
    {
        var document = info.Infotext is null ? null : InfotextReader.Read(info.Infotext);
        var fields = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in document?.Fields ?? [])
        {
            fields[key] = value;
        }

        return new PictureInfoView(
            PictureFormats.Name(info.Format),
            info.Width,
            info.Height,
            info.Infotext,
            info.TextProblem,
            document?.Prompt,
            document?.NegativePrompt,
            fields);
    }
}
