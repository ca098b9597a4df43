using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Api;

/// <summary>The calls of one extension in one stage of a run, as the API shows them.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Version">Its version.</param>
/// <param name="Stage">create, start, sample, plan, combine, fuse, guide, blend or image.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Milliseconds">How long all calls took together.</param>
/// <param name="LongestMilliseconds">How long the longest took.</param>
internal sealed record HookView(string Extension, string Version, string Stage, int Calls, double Milliseconds, double LongestMilliseconds)
{
    /// <summary>The view of a summary.</summary>
    internal static HookView Of(HookUse use) =>
        new(use.Extension, use.Version, ApiJson.Name(use.Kind.ToString()), use.Calls, use.Milliseconds, use.LongestMilliseconds);
}
