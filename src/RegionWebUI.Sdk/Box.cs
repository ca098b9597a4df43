namespace RegionWebUI.Sdk;

/// <summary>A rectangle in latent cells (8 pixels each), inside the lane it crops.</summary>
/// <param name="X">Left column.</param>
/// <param name="Y">Top row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct Box(int X, int Y, int Width, int Height);
