using RegionWebUI.Sdk;

namespace ClipGuidance;

/// <summary>"Make it more like TEXT": Crowson (2021), CLIP guided diffusion, on the predicted clean picture of every guided step.</summary>
public sealed class ClipGuidanceExtension : IExtension
{
    /// <inheritdoc/>
    public void Register(IRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Parameters<ClipGuidanceOptions>();
        registry.Hooks(run => run.Parameters<ClipGuidanceOptions>() is { IsOn: true } options ? [new ClipGuidanceHook(options, run)] : []);
    }
}
