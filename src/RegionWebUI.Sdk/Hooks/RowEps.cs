namespace RegionWebUI.Sdk.Hooks;

/// <summary>A row and what was predicted for it.</summary>
/// <param name="Row">The row as it ran, its crop snapped.</param>
/// <param name="Eps">eps over the crop, after the combine stage.</param>
public sealed record RowEps(DenoiseRow Row, Latent Eps);
