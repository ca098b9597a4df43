namespace RegionWebUI.Host.Gallery;

/// <summary>One kept picture.</summary>
/// <param name="Id">Stable id, safe in a URL: letters, digits, '-' and '_' only.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Infotext">The parameters in its PNG; empty when there are none.</param>
public sealed record GalleryEntry(string Id, int Width, int Height, string Infotext);
