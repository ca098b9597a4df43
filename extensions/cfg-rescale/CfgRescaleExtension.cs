using RegionWebUI.Sdk;

namespace CfgRescale;

/// <summary>
/// Rescaled classifier-free guidance: Lin et al. (2023), "Common Diffusion Noise Schedules and Sample Steps are Flawed", section 3.4.
/// </summary>
public sealed class CfgRescaleExtension : IExtension
{
    /// <inheritdoc/>
    public void Register(IRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Parameters<CfgRescaleOptions>();
        registry.Hooks(run => run.Parameters<CfgRescaleOptions>().Factor is var factor and > 0 ? [new CfgRescaleHook(factor)] : []);
    }
}
