namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// Once, before the first model call: lanes, start latents, first step, passes of its own.
/// Runs in order; what one sets the next one sees.
/// </summary>
public interface IStartHook : IHook
{
    /// <summary>Does the work.</summary>
    /// <param name="c">What can be seen and changed.</param>
    Task StartAsync(StartContext c);
}
