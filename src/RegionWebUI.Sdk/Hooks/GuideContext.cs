using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Sdk.Hooks;

/// <summary>The prediction of all lanes, after the fusion.</summary>
public abstract class GuideContext : StepContext
{
    /// <summary>The networks of the run's model.</summary>
    public abstract INetworks Networks { get; }

    /// <summary>The predicted clean latent of a lane, after what was pushed so far.</summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Latent X0(Lane lane);

    /// <summary>The predicted noise of a lane, after what was pushed so far: (z - sqrt(abar) x0) / sqrt(1 - abar).</summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Latent Eps(Lane lane);

    /// <summary>The rows of a lane in this model call as they ran: crops snapped, guidance scales those that were used.</summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract IReadOnlyList<DenoiseRow> Rows(Lane lane);

    /// <summary>How a loss of a lane's x0 hangs on its z: frozen, or exact through the UNet.</summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <param name="throughUnet">
    /// Whether x0 is what the UNet makes of z, with plain classifier-free guidance: what was pushed before, and what other extensions did to eps
    /// in this call, is not in it. It needs one row that sees the whole lane.
    /// </param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    /// <exception cref="InvalidOperationException">Through the UNet, and the lane has several rows or one that is a crop.</exception>
    public X0Path PathToX0(Lane lane, bool throughUnet = false)
    {
        if (!throughUnet)
        {
            return X0Path.Frozen(X0(lane), Step.AlphaBar);
        }

        return Rows(lane) is [var row] && row.Crop == Frame
            ? X0Path.ThroughUnet(Z(lane), Step, row)
            : throw new InvalidOperationException(
                $"A loss through the UNet needs one row that sees the whole picture; {lane.Name} is made of "
                + $"{string.Join(", ", Rows(lane).Select(r => $"'{r.Id}'"))}.");
    }

    /// <summary>
    /// Lowers a loss by the conditioned score (Dhariwal &amp; Nichol 2021, Alg. 2): with g its gradient,
    /// eps += sqrt(1 - abar) g and x0 -= (1 - abar) / sqrt(abar) g. A gradient of zero changes no bit.
    /// </summary>
    /// <param name="lane">One of the run's lanes.</param>
    /// <param name="gradient">dL/dz, finite, of the lane's shape.</param>
    /// <param name="trust">
    /// Bound of the step: g is scaled down until |step of x0| is at most trust |x0|, L2 over the lane. 0 is no bound.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There is no such lane, the shape differs, a value is no number, trust is below 0, or x0 would leave the range of numbers.
    /// </exception>
    public abstract void Push(Lane lane, Latent gradient, double trust = 0);
}
