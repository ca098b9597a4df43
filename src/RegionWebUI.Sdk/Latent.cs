namespace RegionWebUI.Sdk;

/// <summary>
/// One latent picture: <c>Channels x Height x Width</c> values in row-major order, one cell per 8 x 8 pixels.
/// In contexts it is z, the variance-preserving state the UNet eats, or a prediction of the same shape (x0, eps).
/// </summary>
/// <param name="Channels">Latent channels, 4 for every Stable Diffusion model.</param>
/// <param name="Height">Rows of cells.</param>
/// <param name="Width">Columns of cells.</param>
/// <param name="Data">The values; length <c>Channels * Height * Width</c>.</param>
public sealed record Latent(int Channels, int Height, int Width, ReadOnlyMemory<float> Data);
