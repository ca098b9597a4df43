namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// Noise of a state that holds several lanes end to end: each lane draws from a source of its own, so a picture of a batch
/// gets the noise it would get alone.
/// </summary>
/// <param name="sources">One source per lane, in lane order.</param>
/// <param name="lane">Values of one lane: channels x height x width.</param>
internal sealed class LaneNoise(IReadOnlyList<INoiseSource> sources, int lane)
{
    /// <summary>One draw for every lane: sources.Count x lane values, lane after lane.</summary>
    public double[] Draw()
    {
        var draw = new float[lane];
        var state = new double[sources.Count * lane];
        for (var i = 0; i < sources.Count; i++)
        {
            sources[i].Fill(draw);
            for (var j = 0; j < lane; j++)
            {
                state[(i * lane) + j] = draw[j];
            }
        }

        return state;
    }
}
