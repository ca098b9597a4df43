namespace RegionWebUI.Diffusion.Hooks;

/// <summary>Something to be shown about a hook that is at work.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Kind">The stage.</param>
/// <param name="Text">What it reported, or that it has said nothing for long; empty when it has ended.</param>
public sealed record HookNews(string Extension, HookKind Kind, string Text);
