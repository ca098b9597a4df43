using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>A textual inversion: learned embeddings that are used by writing their name.</summary>
/// <param name="Name">Name as written in prompts.</param>
/// <param name="Ids">Tokens of the name; not empty.</param>
/// <param name="Vectors">Number of embeddings, at least 1: each takes the place of one token.</param>
internal sealed record TextualInversion(string Name, ImmutableArray<int> Ids, int Vectors);
