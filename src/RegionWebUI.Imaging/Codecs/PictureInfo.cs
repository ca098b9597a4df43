namespace RegionWebUI.Imaging.Codecs;

/// <summary>What a picture file says of itself, known without decoding a pixel.</summary>
/// <param name="Format">The kind of file, as its content says.</param>
/// <param name="Width">Pixels per row once turned upright, 1 to 16384.</param>
/// <param name="Height">Rows once turned upright, 1 to 16384.</param>
/// <param name="Infotext">The generation parameters in the file; null when there are none or they could not be read.</param>
/// <param name="TextProblem">One sentence when there is such a text but it could not be read (too long, damaged); otherwise null.</param>
public sealed record PictureInfo(PictureFormat Format, int Width, int Height, string? Infotext, string? TextProblem);
