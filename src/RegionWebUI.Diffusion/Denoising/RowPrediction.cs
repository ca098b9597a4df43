using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>What the UNet said of one row, as eps over the row's crop.</summary>
/// <param name="Row">The row as it ran, its crop snapped.</param>
/// <param name="Conditional">eps under the positive prompt.</param>
/// <param name="Unconditional">eps under the negative prompt; null when the row needs none.</param>
internal sealed record RowPrediction(DenoiseRow Row, Latent Conditional, Latent? Unconditional);
