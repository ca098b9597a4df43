using System.Collections.Immutable;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Sdk;

/// <summary>
/// Everything that decides a run. Two equal requests on the same model and device with the same extensions give equal pictures.
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

    /// <summary>Sampler steps, 1..1000; a run that starts from a picture takes its share of them.</summary>
    /// <value>The default is 20.</value>
    public int Steps { get; init; } = 20;

    /// <summary>
    /// Classifier-free guidance scale, 1..100; 1 ignores the negative prompt, unless sub-prompts (AND) or their weights call for guidance.
    /// </summary>
    /// <value>The default is 5.</value>
    public double CfgScale { get; init; } = 5;

    /// <summary>Sampler by its A1111 name, letter case aside.</summary>
    /// <value>The default is DDIM.</value>
    public string Sampler { get; init; } = "DDIM";

    /// <summary>Schedule by its A1111 name; Automatic takes the sampler's own.</summary>
    /// <value>The default is Automatic.</value>
    public string Schedule { get; init; } = "Automatic";

    /// <summary>What departs from the sampler's and the schedule's own values.</summary>
    public SamplerSettings SamplerSettings { get; init; } = new();

    /// <summary>How prompts are read.</summary>
    public TextSettings TextSettings { get; init; } = new();

    /// <summary>Seed of the first picture, 0..4294967295; the n-th picture of a batch takes seed + n, and 0 follows on the greatest.</summary>
    public long Seed { get; init; }

    /// <summary>What departs from one seed, one noise.</summary>
    public NoiseSettings NoiseSettings { get; init; } = new();

    /// <summary>Pictures of one run, 1..64.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init; } = 1;

    /// <summary>The picture to start from; resampled to the run's size where it differs. Null starts from noise alone.</summary>
    public Image? Init { get; init; }

    /// <summary>How much of <see cref="Init"/> is made anew, 0..1: 0 keeps it but for one step, 1 keeps next to nothing.</summary>
    /// <value>The default is 0.75.</value>
    public double Strength { get; init; } = 0.75;

    /// <summary>
    /// Whether a run from a picture makes exactly <see cref="Steps"/> steps on a longer schedule (A1111's "img2img_fix_steps") instead of
    /// its share of them.
    /// </summary>
    public bool ExactSteps { get; init; }

    /// <summary>Where <see cref="Init"/> is edited: 1 edits, 0 keeps the pixels as they are. Resampled like it. Null edits everywhere.</summary>
    public Mask? Mask { get; init; }

    /// <summary>
    /// Values of extensions' parameters that differ from their defaults: <c>id/name</c> to the value as text
    /// (numbers in invariant form, true or false, names of choices).
    /// </summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
