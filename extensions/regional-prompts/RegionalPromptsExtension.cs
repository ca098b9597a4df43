using RegionWebUI.Sdk;

namespace RegionalPrompts;

/// <summary>
/// A prompt for each column or row of the picture: every region is denoised as a crop of its own, and the predictions are averaged where
/// regions meet, as MultiDiffusion does (Bar-Tal et al. 2023, Eq. 5).
/// </summary>
public sealed class RegionalPromptsExtension : IExtension
{
    /// <inheritdoc/>
    public void Register(IRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Parameters<RegionalPromptsOptions>();
        registry.Hooks(run =>
        {
            var options = run.Parameters<RegionalPromptsOptions>();
            return options.Regions().Count == 0 ? [] : [new RegionalPromptsHook(options, run)];
        });
    }
}
