using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text;

/// <summary>What the text encoder reads at once: start, up to 75 tokens, end, padding.</summary>
/// <param name="Ids">All ids, 77 for every CLIP.</param>
/// <param name="FirstToken">Index in the prompt of the token at position 1.</param>
/// <param name="TokenCount">Tokens of the prompt in this chunk, at positions 1 to this.</param>
internal sealed record PromptChunk(ImmutableArray<int> Ids, int FirstToken, int TokenCount);
