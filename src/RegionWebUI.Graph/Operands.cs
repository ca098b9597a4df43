using System.Runtime.CompilerServices;

namespace RegionWebUI.Graph;

/// <summary>Operand types of one application, with the checks that shape rules share.</summary>
internal readonly struct Operands(Op op, IReadOnlyList<TensorType> types)
{
    public int Count => types.Count;

    public TensorType this[int index] => types[index];

    /// <summary>Refuses another number of operands.</summary>
    public void RequireCount(int least, int most)
    {
        if (least == most)
        {
            Require(Count == least, $"needs {least} operands, not {Count}");
        }
        else
        {
            Require(Count >= least && Count <= most, $"needs {least} to {most} operands, not {Count}");
        }
    }

    /// <summary>The shape of an operand that must be float32 and of a given rank (-1: any).</summary>
    public Shape Float(int index, int rank = -1) => Typed(index, DType.Float32, rank);

    /// <summary>The shape of an operand of a given element type and rank (-1: any).</summary>
    public Shape Typed(int index, DType dtype, int rank = -1)
    {
        var type = types[index];
        Require(type.DType == dtype, $"operand {index} must be {dtype}, not {type.DType}");
        Require(rank < 0 || type.Shape.Rank == rank, $"operand {index} must have rank {rank}, not {type.Shape}");
        return type.Shape;
    }

    /// <summary>Refuses with a reason that names operands.</summary>
    public void Require(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref ReasonUnlessMet reason)
    {
        if (!condition)
        {
            throw new GraphException($"{op.Name}: {reason.Take()}.");
        }
    }

    /// <summary>Refuses with a reason.</summary>
    public void Require(bool condition, string reason)
    {
        if (!condition)
        {
            throw new GraphException($"{op.Name}: {reason}.");
        }
    }
}
