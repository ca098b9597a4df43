namespace RegionWebUI.Diffusion.Hooks;

/// <summary>A hook of one stage and whose it is.</summary>
internal readonly record struct OwnedHook<T>(HookOwner Owner, T Hook);
