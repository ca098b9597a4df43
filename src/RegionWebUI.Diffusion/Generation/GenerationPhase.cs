namespace RegionWebUI.Diffusion.Generation;

/// <summary>What a run is doing.</summary>
public enum GenerationPhase
{
    /// <summary>Reading the model and building its sessions.</summary>
    Loading,

    /// <summary>Turning prompts into conditioning.</summary>
    Encoding,

    /// <summary>Sampler steps.</summary>
    Sampling,

    /// <summary>VAE decode.</summary>
    Decoding,
}
