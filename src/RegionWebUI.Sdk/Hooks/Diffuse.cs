namespace RegionWebUI.Sdk.Hooks;

/// <summary>The forward process.</summary>
internal static class Diffuse
{
    /// <summary>z_t from z_0.</summary>
    public static Latent Forward(Latent z0, Latent noise, double alphaBar)
    {
        // Ho et al. (2020), Eq. (4): z_t = sqrt(abar) z_0 + sqrt(1 - abar) n.
        var (signal, spread) = (Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
        return Latent.Zip(z0, noise, (z, n) => (signal * z) + (spread * n));
    }
}
