using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>What an extension declared.</summary>
/// <param name="Parameters">Its parameters; null when it declared no class.</param>
/// <param name="CreateHooks">Makes the hooks of one run; null when it has none.</param>
/// <param name="Commands">Its verbs.</param>
/// <param name="Tabs">Its tabs.</param>
internal sealed record ExtensionDeclaration(
    ParameterSet? Parameters,
    Func<IRun, IEnumerable<IHook>>? CreateHooks,
    IReadOnlyList<ExtensionCommand> Commands,
    IReadOnlyList<ExtensionTab> Tabs);
