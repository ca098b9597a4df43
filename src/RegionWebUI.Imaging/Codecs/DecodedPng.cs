namespace RegionWebUI.Imaging.Codecs;

/// <summary>A PNG's pixels and its text.</summary>
/// <param name="Image">The colours as stored, in 8 bits: no colour management, not premultiplied, whatever the transparency says.</param>
/// <param name="Alpha">Opacity of each pixel, row by row, one byte a pixel, 255 = opaque; null when the file has no transparency.</param>
/// <param name="Infotext">The text under the keyword <c>parameters</c>; null when there is none or it could not be read.</param>
/// <param name="TextProblem">One sentence when there is such a text but it could not be read (too long, damaged); otherwise null.</param>
public sealed record DecodedPng(Image Image, ReadOnlyMemory<byte>? Alpha, string? Infotext, string? TextProblem);
