namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// At every model call, after the rows of all lanes are fused: moves the predicted x0, and with it eps.
/// Runs in order; what one pushes the next one sees.
/// </summary>
public interface IGuideHook : IHook
{
    /// <summary>Does the work.</summary>
    /// <param name="c">What can be seen and changed.</param>
    Task GuideAsync(GuideContext c);
}
