namespace RegionWebUI.Diffusion.Generation;

/// <summary>
/// Everything that decides a text-to-image run. Two equal requests on the same model and device give equal pictures.
/// Validation names each value that is out of range; the engine refuses a request that has any.
/// </summary>
public sealed record GenerationRequest
{
    /// <summary>What to draw. At most 32,768 characters.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What to avoid. At most 32,768 characters.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>Picture width in pixels: a multiple of 8, 64..2048; null takes the model's own size.</summary>
    public int? Width { get; init; }

    /// <summary>Picture height in pixels: a multiple of 8, 64..2048; null takes the model's own size.</summary>
    public int? Height { get; init; }

    /// <summary>Sampler steps, 1..1000.</summary>
    /// <value>The default is 20.</value>
    public int Steps { get; init; } = 20;

    /// <summary>Classifier-free guidance scale, 1..100; 1 ignores the negative prompt.</summary>
    /// <value>The default is 5.</value>
    public double CfgScale { get; init; } = 5;

    /// <summary>Sampler by its A1111 name, letter case aside.</summary>
    /// <value>The default is DDIM.</value>
    public string Sampler { get; init; } = "DDIM";

    /// <summary>Schedule by its A1111 name; Automatic takes the sampler's own.</summary>
    /// <value>The default is Automatic.</value>
    public string Schedule { get; init; } = "Automatic";

    /// <summary>Seed of the first picture, 0..4294967295; the n-th picture of a batch takes seed + n, and 0 follows on the greatest.</summary>
    public long Seed { get; init; }

    /// <summary>Pictures of one run, 1..64.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init; } = 1;
}
