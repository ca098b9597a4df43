using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>What a run begins with.</summary>
internal sealed record LaneStart
{
    /// <summary>All lanes, those that hooks added included.</summary>
    public required LaneLayout Layout { get; init; }

    /// <summary>x = z / sqrt(abar) of all lanes, at noise level Sigmas[0].</summary>
    public required double[] X { get; init; }

    /// <summary>Noise levels from the first step on.</summary>
    public required double[] Sigmas { get; init; }

    /// <summary>Seed of each lane.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>Seed of the noise that is mixed into each lane's; null where none is.</summary>
    public required IReadOnlyList<long?> VariationSeeds { get; init; }

    /// <summary>The lane that previews show.</summary>
    public required Lane PreviewLane { get; init; }

    /// <summary>Which lanes become pictures.</summary>
    public required IReadOnlyList<bool> IsPicture { get; init; }

    /// <summary>Further noise of each lane, after its start noise.</summary>
    public required LaneNoise Noise { get; init; }
}
