namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The calls of one extension in one stage of a run.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Version">Its version.</param>
/// <param name="Kind">The stage.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Milliseconds">How long all calls took together.</param>
/// <param name="LongestMilliseconds">How long the longest call took.</param>
public sealed record HookUse(string Extension, string Version, HookKind Kind, int Calls, double Milliseconds, double LongestMilliseconds);
