using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>What an extension declared.</summary>
/// <param name="Parameters">Its parameters; null when it declared no class.</param>
/// <param name="CreateHooks">Makes the hooks of one run; null when it has none.</param>
/// <param name="Samplers">Its samplers.</param>
/// <param name="Commands">Its verbs.</param>
/// <param name="Tabs">Its tabs.</param>
internal sealed record ExtensionDeclaration(
    ParameterSet? Parameters,
    Func<IRun, IEnumerable<IHook>>? CreateHooks,
    IReadOnlyList<RunSampler> Samplers,
    IReadOnlyList<ExtensionCommand> Commands,
    IReadOnlyList<ExtensionTab> Tabs)
{
    /// <summary>Names that no two extensions may have: of its verbs, and of its samplers with their aliases.</summary>
    public (List<string> Verbs, List<string> Samplers) Names =>
        ([.. Commands.Select(c => c.Verb)], [.. Samplers.SelectMany(s => s.Names).Distinct(StringComparer.OrdinalIgnoreCase)]);
}
