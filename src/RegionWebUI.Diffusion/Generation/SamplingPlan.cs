using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk.Settings;

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

    /// <summary>Steps of the whole schedule: those asked for, or more where a run from a picture makes exactly those.</summary>
    public required int Steps { get; init; }

    /// <summary>Strides of the schedule from its clean end up to where a run from a picture starts; null for a run from noise.</summary>
    public int? Encoded { get; init; }

    /// <summary>What departs from the sampler's and the schedule's own values.</summary>
    public SamplerSettings SamplerSettings { get; init; } = new();

    /// <summary>What departs from one seed, one noise; <see cref="Seeds"/> are counted by it already.</summary>
    public NoiseSettings Noise { get; init; } = new();
}
