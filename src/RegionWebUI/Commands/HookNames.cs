using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Commands;

/// <summary>Names of stages in the output of commands.</summary>
internal static class HookNames
{
    /// <summary>The stage in small letters.</summary>
    public static string Of(HookKind kind) => kind.ToString().ToLowerInvariant();
}
