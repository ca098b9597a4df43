namespace RegionWebUI.Imaging.Infotext;

/// <summary>The keys A1111 writes itself, and their places (behaviour of v1.10.1).</summary>
/// <remarks>A value such as <c>512x768</c> is read into two keys, <c>Size-1</c> and <c>Size-2</c>.</remarks>
public static class InfotextKeys
{
    /// <summary>What the keys of extensions begin with: <c>ext/id/name</c>.</summary>
    public const string ExtensionPrefix = "ext/";

    /// <summary>The key of an extension's value, which is also the field of its parameter in errors and forms.</summary>
    /// <param name="id">The extension's id.</param>
    /// <param name="name">The value's name.</param>
    public static string OfExtension(string id, string name) => $"{ExtensionPrefix}{id}/{name}";

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

    /// <summary>Which weights are kept in 8 bits; <c>Disable</c> for none.</summary>
    public const string Fp8Weight = "FP8 weight";

    /// <summary>Short hash of a VAE of its own.</summary>
    public const string VaeHash = "VAE hash";

    /// <summary>Name of a VAE of its own.</summary>
    public const string Vae = "VAE";

    /// <summary>Seed of the noise that is mixed in.</summary>
    public const string VariationSeed = "Variation seed";

    /// <summary>How much of that noise is mixed in, 0 to 1.</summary>
    public const string VariationSeedStrength = "Variation seed strength";

    /// <summary>Size in pixels of the picture whose composition the seed keeps, <c>512x768</c>.</summary>
    public const string SeedResizeFrom = "Seed resize from";

    /// <summary>How much of the schedule runs on a start picture, 0 to 1.</summary>
    public const string DenoisingStrength = "Denoising strength";

    /// <summary>How many layers of the text encoder are left out, counted from 1 (none); written from 2 on.</summary>
    public const string ClipSkip = "Clip skip";

    /// <summary>Added to the seed of ancestral noise.</summary>
    public const string Ensd = "ENSD";

    /// <summary>Short hash of the start picture.</summary>
    public const string InitImageHash = "Init image hash";

    /// <summary>Radius in pixels by which the mask is blurred.</summary>
    public const string MaskBlur = "Mask blur";

    /// <summary>Whether the masked or the other part is painted.</summary>
    public const string MaskMode = "Mask mode";

    /// <summary>What the masked part starts from.</summary>
    public const string MaskedContent = "Masked content";

    /// <summary>Whether the whole picture is worked on or only the masked part.</summary>
    public const string InpaintArea = "Inpaint area";

    /// <summary>Pixels around the mask, where only the masked part is worked on.</summary>
    public const string MaskedAreaPadding = "Masked area padding";

    /// <summary>Size of the second pass in pixels.</summary>
    public const string HiresResize = "Hires resize";

    /// <summary>Positive prompt of the second pass; empty for that of the first.</summary>
    public const string HiresPrompt = "Hires prompt";

    /// <summary>Negative prompt of the second pass; empty for that of the first.</summary>
    public const string HiresNegativePrompt = "Hires negative prompt";

    /// <summary>How weights in the prompt are applied.</summary>
    public const string Emphasis = "Emphasis";

    /// <summary>The program that made the picture; stands behind the keys of extensions.</summary>
    public const string Version = "Version";

    /// <summary>Who asked for the picture; the last key.</summary>
    public const string User = "User";

    /// <summary>The positive prompt, among read values; never written as a key.</summary>
    public const string Prompt = "Prompt";

    /// <summary>The negative prompt, among read values; it is written on a line of its own.</summary>
    public const string NegativePrompt = "Negative prompt";

    /// <summary>Styles to select, among read values; never written as a key.</summary>
    public const string StylesArray = "Styles array";

    /// <summary>
    /// The order of the keys in front of those of extensions. A key keeps its place whoever gives its value; keys that are not
    /// listed here follow in the order in which they are given.
    /// </summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        Steps, Sampler, ScheduleType, CfgScale, "Image CFG scale", Seed, "Face restoration", Size, ModelHash, Model,
        Fp8Weight, "Cache FP16 weight for LoRA", VaeHash, Vae, VariationSeed, VariationSeedStrength,
        SeedResizeFrom, DenoisingStrength, "Conditional mask weight", ClipSkip, Ensd, "Token merging ratio",
        "Token merging ratio hr", InitImageHash, Rng, "Tiling",
    ];
}
