namespace RegionWebUI.Diffusion.Denoising;

/// <summary>What a UNet was trained to predict.</summary>
internal enum PredictionType
{
    /// <summary>The noise eps (SD1, SDXL, pocket).</summary>
    Epsilon,

    /// <summary>The velocity v = sqrt(abar) eps - sqrt(1 - abar) x0 (SD2 at 768).</summary>
    Velocity,
}
