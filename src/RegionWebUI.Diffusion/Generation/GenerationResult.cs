using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What a run gave.</summary>
/// <param name="Pictures">Pictures in seed order, one per batch entry, then those of lanes that extensions added.</param>
/// <param name="Sampler">Canonical sampler name.</param>
/// <param name="Schedule">Schedule that ran (never Automatic).</param>
/// <param name="Device">Device that ran, as shown to people.</param>
/// <param name="LoadSeconds">Reading weights and building sessions.</param>
/// <param name="SampleSeconds">Prompt encoding and sampler steps.</param>
/// <param name="DecodeSeconds">VAE decode.</param>
public sealed record GenerationResult(
    IReadOnlyList<GeneratedPicture> Pictures,
    string Sampler,
    string Schedule,
    string Device,
    double LoadSeconds,
    double SampleSeconds,
    double DecodeSeconds)
{
    /// <summary>What extensions did.</summary>
    public HookLog Hooks { get; init; } = HookLog.Empty;
}
