using RegionWebUI.Fuzz.Targets;

namespace RegionWebUI.Fuzz;

/// <summary>All readers under search.</summary>
internal static class FuzzTargets
{
    /// <summary>Makes each of them anew.</summary>
    public static IReadOnlyList<FuzzTarget> All() =>
        [new PictureTarget(), PromptTarget.OfAllTokenizers(), new InfotextTarget(), new SafetensorsTarget()];
}
