namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A data prediction and the noise level it was made at.</summary>
/// <param name="Sigma">The level.</param>
/// <param name="Data">x0.</param>
internal sealed record UniPcPrediction(double Sigma, double[] Data);
