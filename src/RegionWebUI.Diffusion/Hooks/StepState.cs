using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>All lanes at one moment, as hooks see them: values in double inside, a latent of a lane when somebody looks.</summary>
/// <param name="info">Where in the run it is.</param>
/// <param name="layout">The lanes.</param>
/// <param name="z">State of all lanes, variance preserving.</param>
internal sealed class StepState(StepInfo info, LaneLayout layout, double[] z)
{
    private readonly Latent?[] _seen = new Latent?[layout.Lanes.Count];

    public StepInfo Info => info;

    public LaneLayout Layout => layout;

    public double[] Values => z;

    /// <summary>The state of a lane.</summary>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public Latent Z(Lane lane)
    {
        layout.Require(lane);
        return _seen[lane.Index] ??= layout.Latent(z, lane);
    }

    /// <summary>Replaces the state of a lane.</summary>
    /// <exception cref="ArgumentException">The run has no such lane, the shape differs, or a value is no number.</exception>
    public void Set(Lane lane, Latent value)
    {
        layout.Require(lane);
        layout.Require(value, "z");
        layout.Write(z, lane, value);
        _seen[lane.Index] = value;
    }
}
