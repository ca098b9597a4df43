using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace CfgRescale;

/// <summary>Wraps round guidance: what it gives is scaled towards the spread of the conditional prediction.</summary>
/// <param name="phi">0..1: 0 keeps guidance as it is, 1 takes the full rescaling.</param>
internal sealed class CfgRescaleHook(double phi) : ICombineHook
{
    /// <inheritdoc/>
    public Latent Combine(CombineContext c, Func<Latent> next)
    {
        var guided = next();
        var spread = guided.StandardDeviation();
        if (c.Unconditional is null || spread == 0)
        {
            return guided;
        }

        // Lin et al. (2023), Eq. (15): x_rescaled = x_cfg std(x_pos) / std(x_cfg); Eq. (16): phi x_rescaled + (1 - phi) x_cfg.
        var rescale = c.Conditional.StandardDeviation() / spread;
        return ((phi * rescale) + (1 - phi)) * guided;
    }
}
