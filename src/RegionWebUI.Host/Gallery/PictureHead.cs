namespace RegionWebUI.Host.Gallery;

/// <summary>What a picture file says about itself.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Infotext">Its parameters; empty when there are none.</param>
public sealed record PictureHead(int Width, int Height, string Infotext);
