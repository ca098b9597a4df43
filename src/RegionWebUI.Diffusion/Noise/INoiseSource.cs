namespace RegionWebUI.Diffusion.Noise;

/// <summary>A seeded stream of standard normal numbers. Each call is one draw: how values fall depends on the length asked for.</summary>
internal interface INoiseSource
{
    /// <summary>Fills the whole span with the next draw (mean 0, standard deviation 1).</summary>
    void Fill(Span<float> destination);
}
