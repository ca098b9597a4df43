using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What extensions left in the infotext of a picture.</summary>
/// <param name="Active">Extensions whose hooks ran, in order.</param>
/// <param name="Notes">Keys and values that image hooks noted.</param>
/// <param name="Failures">Extensions the run went on without.</param>
internal sealed record ExtensionTrace(
    IReadOnlyList<RunExtension> Active, IReadOnlyList<KeyValuePair<string, string>> Notes, IReadOnlyList<HookFailure> Failures);
