using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Api;

/// <summary>Body of POST /api/v1/jobs. What is left out takes the default of <see cref="GenerationRequest"/>.</summary>
internal sealed record JobBody
{
    private static readonly GenerationRequest Defaults = new();

    /// <summary>What to draw.</summary>
    public string Prompt { get; init; } = Defaults.Prompt;

    /// <summary>What to avoid.</summary>
    public string NegativePrompt { get; init; } = Defaults.NegativePrompt;

    /// <summary>Width in pixels; null takes the model's own size.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null takes the model's own size.</summary>
    public int? Height { get; init; }

    /// <summary>Sampler steps.</summary>
    public int Steps { get; init; } = Defaults.Steps;

    /// <summary>Classifier-free guidance scale.</summary>
    public double CfgScale { get; init; } = Defaults.CfgScale;

    /// <summary>Sampler name.</summary>
    public string Sampler { get; init; } = Defaults.Sampler;

    /// <summary>Schedule name.</summary>
    public string Schedule { get; init; } = Defaults.Schedule;

    /// <summary>Seed; null or -1 draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>Pictures of the run.</summary>
    public int BatchSize { get; init; } = Defaults.BatchSize;

    /// <summary>The request, its seed drawn when none is named.</summary>
    internal GenerationRequest ToRequest(SeedSource drawSeed) => new()
    {
        Prompt = Prompt,
        NegativePrompt = NegativePrompt,
        Width = Width,
        Height = Height,
        Steps = Steps,
        CfgScale = CfgScale,
        Sampler = Sampler,
        Schedule = Schedule,
        Seed = Seed is null or -1 ? drawSeed() : Seed.Value,
        BatchSize = BatchSize,
    };
}
