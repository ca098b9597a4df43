using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>How a text is cut into chunks.</summary>
/// <param name="CommaBacktrack">
/// How many tokens back from the end of a full chunk a comma may stand for the cut to be made there; 0 cuts always at the end. 20 in A1111.
/// </param>
/// <param name="Emphasis">What weights do; <see cref="EmphasisMode.None"/> reads no brackets at all.</param>
internal sealed record ChunkOptions(int CommaBacktrack = 20, EmphasisMode Emphasis = EmphasisMode.Original);
