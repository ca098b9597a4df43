namespace RegionWebUI.Imaging.Codecs;

/// <summary>What the head of a PNG says, known without decoding a pixel.</summary>
/// <param name="Width">Pixels per row, 1 to 16384.</param>
/// <param name="Height">Rows, 1 to 16384.</param>
/// <param name="Infotext">The text under the keyword <c>parameters</c>; null when there is none or it could not be read.</param>
/// <param name="TextProblem">One sentence when there is such a text but it could not be read (too long, damaged); otherwise null.</param>
public sealed record PngInfo(int Width, int Height, string? Infotext, string? TextProblem);
