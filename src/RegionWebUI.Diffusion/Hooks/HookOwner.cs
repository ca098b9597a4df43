namespace RegionWebUI.Diffusion.Hooks;

/// <summary>Whose hook it is.</summary>
/// <param name="Id">Id of the extension, or the name of a built-in.</param>
/// <param name="Version">Version of the extension.</param>
/// <param name="IsBuiltIn">Whether it is the engine's own: its errors are the run's.</param>
internal sealed record HookOwner(string Id, string Version, bool IsBuiltIn = false)
{
    /// <summary>Names of the extension's parameters, which its notes cannot have.</summary>
    public IReadOnlyList<string> ParameterNames { get; init; } = [];
}
