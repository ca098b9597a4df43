using System.Collections.Immutable;

namespace RegionWebUI.Graph;

/// <summary>
/// An immutable network: typed values, ops in an order in which every operand is defined before it is used, literal shapes only.
/// Knows nothing of any runtime. <see cref="GraphChecker"/> says which graphs are legal.
/// </summary>
public sealed record Graph
{
    /// <summary>Name of the network, for logs.</summary>
    public required string Name { get; init; }

    /// <summary>Tensors fed at every run.</summary>
    public required ImmutableArray<GraphInput> Inputs { get; init; }

    /// <summary>Tensors that stay in the checkpoint file.</summary>
    public required ImmutableArray<Weight> Weights { get; init; }

    /// <summary>Small tables of the definition itself.</summary>
    public required ImmutableArray<Constant> Constants { get; init; }

    /// <summary>Ops in order of evaluation.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>Tensors returned.</summary>
    public required ImmutableArray<GraphOutput> Outputs { get; init; }

    /// <summary>
    /// Where blocks end, as numbers of nodes before the end, ascending: places that few values cross, so that a gradient may be taken block
    /// by block. None is needed.
    /// </summary>
    public ImmutableArray<int> BlockEnds { get; init; } = [];
}
