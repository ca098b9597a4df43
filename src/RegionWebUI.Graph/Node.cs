using System.Collections.Immutable;

namespace RegionWebUI.Graph;

/// <summary>One application of an op.</summary>
/// <param name="Op">What is computed, with its attributes.</param>
/// <param name="Inputs">Operands, in the op's order.</param>
/// <param name="Output">The value it defines.</param>
public sealed record Node(Op Op, ImmutableArray<Value> Inputs, Value Output)
{
    /// <summary>The node as error messages name it.</summary>
    public override string ToString() => $"{Op.Name}({string.Join(", ", Inputs)}) -> {Output}";
}
