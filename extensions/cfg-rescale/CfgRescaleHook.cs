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
        if (c.Unconditional is null)
        {
            return guided;
        }

        // The paper's model predicts v. A smaller eps would not lessen the contrast but leave noise in the picture.
        // Salimans & Ho (2022), appendix D: v = sqrt(abar) eps - sqrt(1 - abar) x0, which is (eps - sqrt(1 - abar) z) / sqrt(abar).
        var (signal, noise) = (Math.Sqrt(c.Step.AlphaBar), Math.Sqrt(1 - c.Step.AlphaBar));
        var z = noise * c.Z(c.Row.Lane).Crop(c.Row.Crop);
        var v = (1 / signal) * (guided - z);
        var spread = v.StandardDeviation();
        if (spread == 0)
        {
            return guided;
        }

        // Lin et al. (2023), Eq. (15): x_rescaled = x_cfg std(x_pos) / std(x_cfg); Eq. (16): phi x_rescaled + (1 - phi) x_cfg.
        var rescale = ((1 / signal) * (c.Conditional - z)).StandardDeviation() / spread;
        return (signal * (((phi * rescale) + (1 - phi)) * v)) + z;
    }
}
