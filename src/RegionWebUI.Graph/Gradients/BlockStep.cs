using System.Collections.Immutable;

namespace RegionWebUI.Graph.Gradients;

/// <summary>One graph of a gradient that is taken block by block.</summary>
/// <param name="Graph">
/// Takes tensors of the caller and of earlier steps by their names. A gradient that an earlier step has given already is added to.
/// </param>
/// <param name="Spent">Names of tensors that no later step needs, and that the caller has not asked for.</param>
public sealed record BlockStep(Graph Graph, ImmutableArray<string> Spent);
