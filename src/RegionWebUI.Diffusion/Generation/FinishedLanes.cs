using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The lanes of a run after its last step.</summary>
/// <param name="Start">What the run began with: lanes, seeds, which of them are pictures.</param>
/// <param name="Z">z of all lanes, end to end, in the UNet's scale.</param>
internal sealed record FinishedLanes(LaneStart Start, double[] Z);
