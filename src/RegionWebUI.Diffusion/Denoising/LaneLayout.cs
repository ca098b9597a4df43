using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>How the lanes of a run lie end to end in a sampler's state.</summary>
/// <param name="Lanes">Lanes in order.</param>
/// <param name="Channels">Latent channels.</param>
/// <param name="Height">Rows of cells of every lane.</param>
/// <param name="Width">Columns of cells of every lane.</param>
internal sealed record LaneLayout(IReadOnlyList<Lane> Lanes, int Channels, int Height, int Width)
{
    /// <summary>Values of one lane.</summary>
    public int LaneSize => Channels * Height * Width;

    /// <summary>The crop that is the whole picture.</summary>
    public Box WholeFrame => new(0, 0, Width, Height);

    /// <summary>The values of one lane.</summary>
    public Span<double> Of(double[] state, Lane lane) => state.AsSpan(lane.Index * LaneSize, LaneSize);
}
