using System.Collections.Immutable;
using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>Embeddings to put in the place of a chunk's tokens.</summary>
/// <param name="At">Position in the chunk of the first, counted without the start token.</param>
/// <param name="Inversion">Whose embeddings.</param>
internal sealed record EmbeddingSlot(int At, TextualInversion Inversion);

/// <summary>What the text encoder reads at once: start, up to 75 tokens, end, padding; all lists are as long as it.</summary>
/// <param name="Ids">Token ids; 0 where an embedding goes.</param>
/// <param name="Multipliers">Weight of each token; 1 for start, end and padding.</param>
/// <param name="Sources">Place of each token in the prompt as typed; empty for start, end and padding.</param>
/// <param name="Slots">Embeddings to put in.</param>
internal sealed record WeightedChunk(
    ImmutableArray<int> Ids, ImmutableArray<double> Multipliers, ImmutableArray<TextSpan> Sources, ImmutableArray<EmbeddingSlot> Slots);
