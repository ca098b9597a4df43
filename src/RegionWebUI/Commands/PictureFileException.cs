namespace RegionWebUI.Commands;

/// <summary>A picture file that the user named cannot be read or written.</summary>
/// <param name="message">One sentence that names the file and the reason.</param>
/// <param name="inner">What the lower level said; null when there is nothing to add.</param>
internal sealed class PictureFileException(string message, Exception? inner = null) : IOException(message, inner);
