namespace RegionWebUI.Imaging.Codecs;

/// <summary>A picture file's pixels and its text.</summary>
/// <param name="Format">The kind of file, as its content says.</param>
/// <param name="Image">The colours as stored, in 8 bits: turned upright, no colour management, not premultiplied.</param>
/// <param name="Alpha">Opacity of each pixel, row by row, one byte a pixel, 255 = opaque; null when the file has no transparency.</param>
/// <param name="Infotext">The generation parameters in the file; null when there are none or they could not be read.</param>
/// <param name="TextProblem">One sentence when there is such a text but it could not be read (too long, damaged); otherwise null.</param>
public sealed record DecodedPicture(PictureFormat Format, Image Image, ReadOnlyMemory<byte>? Alpha, string? Infotext, string? TextProblem);
