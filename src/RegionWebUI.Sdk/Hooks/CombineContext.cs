namespace RegionWebUI.Sdk.Hooks;

/// <summary>One row after the UNet ran.</summary>
public abstract class CombineContext : StepContext
{
    /// <summary>The row as it ran, its crop snapped.</summary>
    public abstract DenoiseRow Row { get; }

    /// <summary>eps under the positive prompt, of the crop's size.</summary>
    public abstract Latent Conditional { get; }

    /// <summary>eps under the negative prompt; null when the row has a guidance scale of 1 and did not run it.</summary>
    public abstract Latent? Unconditional { get; }
}
