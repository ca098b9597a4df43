namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// An extension's object in one run. It implements one or several of <see cref="IStartHook"/>, <see cref="IPlanHook"/>,
/// <see cref="ICombineHook"/>, <see cref="IFuseHook"/>, <see cref="IGuideHook"/>, <see cref="IBlendHook"/> and <see cref="IImageHook"/>.
/// Calls come one at a time. A hook that throws ends the run, which starts once more without its extension and says so.
/// </summary>
public interface IHook;
