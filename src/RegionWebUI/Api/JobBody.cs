using RegionWebUI.Sdk;

namespace RegionWebUI.Api;

/// <summary>Body of POST /api/v1/jobs. What is left out takes the default of <see cref="GenerationRequest"/>.</summary>
internal sealed record JobBody
{
    private static readonly GenerationRequest _defaults = new();

    /// <summary>What to draw.</summary>
    public string Prompt { get; init; } = _defaults.Prompt;

    /// <summary>What to avoid.</summary>
    public string NegativePrompt { get; init; } = _defaults.NegativePrompt;

    /// <summary>Width in pixels; null takes the model's own size.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null takes the model's own size.</summary>
    public int? Height { get; init; }

    /// <summary>Sampler steps.</summary>
    public int Steps { get; init; } = _defaults.Steps;

    /// <summary>Classifier-free guidance scale.</summary>
    public double CfgScale { get; init; } = _defaults.CfgScale;

    /// <summary>Sampler name.</summary>
    public string Sampler { get; init; } = _defaults.Sampler;

    /// <summary>Schedule name.</summary>
    public string Schedule { get; init; } = _defaults.Schedule;

    /// <summary>Seed; null or -1 draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>Pictures of the run.</summary>
    public int BatchSize { get; init; } = _defaults.BatchSize;

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
