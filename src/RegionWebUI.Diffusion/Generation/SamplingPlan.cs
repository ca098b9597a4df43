using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>A request, resolved: everything the sampler loop needs.</summary>
internal sealed record SamplingPlan
{
    /// <summary>The lanes and their size.</summary>
    public required LaneLayout Layout { get; init; }

    /// <summary>Seed of each lane.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>Conditioning of the prompt.</summary>
    public required Conditioning Positive { get; init; }

    /// <summary>Conditioning of the negative prompt, of as many chunks.</summary>
    public required Conditioning Negative { get; init; }

    /// <summary>Classifier-free guidance scale.</summary>
    public required double CfgScale { get; init; }

    /// <summary>The update rule.</summary>
    public required Sampler Sampler { get; init; }

    /// <summary>Whose sampler it is; null for the engine's own.</summary>
    public HookOwner? SamplerOwner { get; init; }

    /// <summary>Schedule name, Automatic included.</summary>
    public required string Schedule { get; init; }

    /// <summary>Steps asked for.</summary>
    public required int Steps { get; init; }
}
