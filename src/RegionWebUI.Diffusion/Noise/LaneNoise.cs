namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// Noise of a state that holds several lanes end to end: each lane draws from sources of its own, so a picture of a batch
/// gets the noise it would get alone.
/// </summary>
/// <param name="sources">One source per lane, in lane order.</param>
/// <param name="paths">One Brownian path per lane, in lane order, over the noise levels of the schedule.</param>
/// <param name="lane">Values of one lane: channels x height x width.</param>
internal sealed class LaneNoise(IReadOnlyList<INoiseSource> sources, IReadOnlyList<BrownianTree> paths, int lane)
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

    /// <summary>The noise of the way from one noise level to another for every lane, lane after lane.</summary>
    public double[] Between(double sigma, double sigmaNext)
    {
        var state = new double[paths.Count * lane];
        for (var i = 0; i < paths.Count; i++)
        {
            paths[i].Between(sigma, sigmaNext).CopyTo(state, i * lane);
        }

        return state;
    }
}
