using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>A request, resolved: everything the sampler loop needs.</summary>
internal sealed record SamplingPlan
{
    /// <summary>The lanes and their size.</summary>
    public required LaneLayout Layout { get; init; }

    /// <summary>Seed of each lane.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>How prompts are read.</summary>
    public required PromptLanguage Language { get; init; }

    /// <summary>What each model call is conditioned on.</summary>
    public required RunPrompts Prompts { get; init; }

    /// <summary>The update rule.</summary>
    public required Sampler Sampler { get; init; }

    /// <summary>Whose sampler it is; null for the engine's own.</summary>
    public HookOwner? SamplerOwner { get; init; }

    /// <summary>Schedule name, Automatic included.</summary>
    public required string Schedule { get; init; }

    /// <summary>Steps asked for.</summary>
    public required int Steps { get; init; }
}
