namespace RegionWebUI.Sdk.Hooks;

/// <summary>Once per step, after the sampler moved: replaces z of a lane. Runs in order; what one sets the next one sees.</summary>
public interface IBlendHook : IHook
{
    /// <summary>Does the work; there is nothing to wait for here.</summary>
    /// <param name="c">What can be seen and changed.</param>
    void Blend(BlendContext c);
}
