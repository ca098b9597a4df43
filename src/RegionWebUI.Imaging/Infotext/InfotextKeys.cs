namespace RegionWebUI.Imaging.Infotext;

/// <summary>The keys A1111 writes itself, and their places (behaviour of v1.10.1).</summary>
public static class InfotextKeys
{
    /// <summary>Number of sampler steps.</summary>
    public const string Steps = "Steps";

    /// <summary>The sampler's name.</summary>
    public const string Sampler = "Sampler";

    /// <summary>The sigma schedule's name.</summary>
    public const string ScheduleType = "Schedule type";

    /// <summary>Strength of classifier-free guidance.</summary>
    public const string CfgScale = "CFG scale";

    /// <summary>The picture's own seed.</summary>
    public const string Seed = "Seed";

    /// <summary>Width and height in pixels, <c>512x768</c>.</summary>
    public const string Size = "Size";

    /// <summary>Short hash of the checkpoint.</summary>
    public const string ModelHash = "Model hash";

    /// <summary>Name of the checkpoint.</summary>
    public const string Model = "Model";

    /// <summary>Where noise comes from, when not from the GPU.</summary>
    public const string Rng = "RNG";

    /// <summary>The program that made the picture; stands behind the keys of extensions.</summary>
    public const string Version = "Version";

    /// <summary>Who asked for the picture; the last key.</summary>
    public const string User = "User";

    /// <summary>
    /// The order of the keys in front of those of extensions. A key keeps its place whoever gives its value; keys that are not
    /// listed here follow in the order in which they are given.
    /// </summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        Steps, Sampler, ScheduleType, CfgScale, "Image CFG scale", Seed, "Face restoration", Size, ModelHash, Model,
        "FP8 weight", "Cache FP16 weight for LoRA", "VAE hash", "VAE", "Variation seed", "Variation seed strength",
        "Seed resize from", "Denoising strength", "Conditional mask weight", "Clip skip", "ENSD", "Token merging ratio",
        "Token merging ratio hr", "Init image hash", Rng, "Tiling",
    ];
}
