namespace RegionWebUI.Diffusion.Networks;

/// <summary>The sizes a UNet graph is written for.</summary>
/// <param name="Batch">Rows per call.</param>
/// <param name="Height">Latent rows of cells.</param>
/// <param name="Width">Latent columns of cells.</param>
/// <param name="Tokens">Prompt tokens, 77 per chunk.</param>
internal readonly record struct UNetShape(int Batch, int Height, int Width, int Tokens);
