namespace RegionWebUI.Diffusion.Denoising;

/// <summary>A cell of a lane is in no row, or in rows of share 0 only, so that it has no prediction.</summary>
internal sealed class UncoveredCellException(string message) : Exception(message);
