namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// At every model call, before the UNet runs: decides its rows.
/// The default is one whole-frame row per lane, or one per sub-prompt where the prompt has AND. Runs in order; what one plans the next one sees.
/// </summary>
public interface IPlanHook : IHook
{
    /// <summary>Does the work; there is nothing to wait for here.</summary>
    /// <param name="c">What can be seen and changed.</param>
    void Plan(PlanContext c);
}
