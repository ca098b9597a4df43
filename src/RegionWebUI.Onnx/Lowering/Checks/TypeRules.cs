using System.Collections.Frozen;
using RegionWebUI.Graph;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>What the results of an ONNX op are, for every op that lowering emits: the shape inference of the ONNX operator pages.</summary>
internal static class TypeRules
{
    private static readonly FrozenDictionary<string, Func<NodeView, OnnxType[]>> _rules = new (string Ops, Func<NodeView, OnnxType[]> Rule)[]
    {
        ("Abs Asin Clip Cos Erf Exp Gelu Identity Log Neg QuickGelu Reciprocal Relu Sigmoid Sin Softmax Sqrt Tanh", AsFirst),
        ("BatchNormalization BiasGelu GroupNorm InstanceNormalization", AsFirst),
        ("LayerNormalization SkipLayerNormalization", Normalised),
        ("Add Div Max Min Mul Pow Sub", Arithmetic),
        ("And Equal Greater Less", node => [new(ElementType.Bool, Broadcast(node, 0))]),
        ("Where", node => [new(node.Type(1).Element, Broadcast(node, 0))]),
        ("Cast", node => [new((ElementType)node.Int("to", 0), node.Shape(0))]),
        ("MatMul FusedMatMul", Product),
        ("Gemm", Gemm),
        ("MultiHeadAttention", node => [node.Type(0) with { Shape = node.Shape(0).With(2, node.Shape(2)[2]) }]),
        ("Conv", WindowRules.Conv),
        ("ConvTranspose", WindowRules.ConvTranspose),
        ("AveragePool MaxPool", WindowRules.Pool),
        ("Resize", node => [Reshaped(node, node.Longs(3))]),
        ("ReduceSum", node => [Reduced(node, [.. node.Longs(1).Select(a => (int)a)])]),
        ("ReduceL2 ReduceMax ReduceMean ReduceMin", node => [Reduced(node, node.Ints("axes") ?? throw node.Refusal("it names no axes"))]),
        ("Reshape", node => [SameCount(node, Reshaped(node, node.Longs(1)))]),
        ("Expand", node => [Spread(node)]),
        ("Transpose", node => [node.Type(0) with { Shape = new Shape([.. node.Ints("perm")!.Select(a => node.Shape(0)[a])]) }]),
        ("Concat", Joined),
        ("Split", LayoutTypes.Split),
        ("Slice", LayoutTypes.Slice),
        ("Pad", LayoutTypes.Pad),
        ("Gather", LayoutTypes.Gather),
        ("GatherND", LayoutTypes.GatherNd),
    }.SelectMany(entry => entry.Ops.Split(' ').Select(op => (op, entry.Rule))).ToFrozenDictionary(entry => entry.op, entry => entry.Rule);

    /// <summary>The types of a node's results.</summary>
    /// <exception cref="GraphException">There is no rule for the op, or its inputs do not fit.</exception>
    public static IReadOnlyList<OnnxType> Infer(string op, NodeView node) => _rules.TryGetValue(op, out var rule)
        ? rule(node)
        : throw node.Refusal($"{nameof(TypeRules)} does not say what its results are");

    /// <summary>An axis counted from the front.</summary>
    public static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    private static OnnxType[] AsFirst(NodeView node) => [node.Type(0)];

    /// <summary>The result, mean and inverse deviation of each row; of the variant that adds first, also the sum.</summary>
    private static OnnxType[] Normalised(NodeView node)
    {
        var x = node.Type(0);
        var perRow = x with { Shape = x.Shape.With(x.Shape.Rank - 1, 1) };
        return [x, perRow, perRow, x];
    }

    private static OnnxType[] Arithmetic(NodeView node) => [node.Type(0) with { Shape = Broadcast(node, 0) }];

    private static Shape Broadcast(NodeView node, int first)
    {
        var shape = node.Shape(first);
        for (var i = first + 1; i < node.InputCount; i++)
        {
            shape = Shape.Broadcast(shape, node.Shape(i)) ?? throw node.Refusal($"{shape} and {node.Shape(i)} do not broadcast");
        }

        return shape;
    }

    private static OnnxType[] Product(NodeView node)
    {
        var (a, b) = (Turned(node.Shape(0), node.Int("transA", 0)), Turned(node.Shape(1), node.Int("transB", 0)));
        var batch = Shape.Broadcast(new Shape(a.Dims.AsSpan()[..^2]), new Shape(b.Dims.AsSpan()[..^2]));
        return batch is { } many && a[^1] == b[^2]
            ? [node.Type(0) with { Shape = new Shape([.. many.Dims, a[^2], b[^1]]) }]
            : throw node.Refusal($"{a} and {b} do not multiply");
    }

    private static OnnxType[] Gemm(NodeView node)
    {
        var (a, b) = (Turned(node.Shape(0), node.Int("transA", 0)), Turned(node.Shape(1), node.Int("transB", 0)));
        return a.Rank == 2 && b.Rank == 2 && a[1] == b[0]
            ? [node.Type(0) with { Shape = new Shape(a[0], b[1]) }]
            : throw node.Refusal($"{a} and {b} do not multiply");
    }

    private static Shape Turned(Shape shape, long turn) => turn == 0 ? shape : new Shape([.. shape.Dims[..^2], shape[^1], shape[^2]]);

    private static OnnxType Reduced(NodeView node, int[] axes)
    {
        var shape = axes.Aggregate(node.Shape(0), (s, axis) => s.With(Axis(axis, s.Rank), 1));
        return node.Int("keepdims", 1) == 1 ? node.Type(0) with { Shape = shape } : throw node.Refusal("it drops axes");
    }

    private static OnnxType Reshaped(NodeView node, long[] dims) => node.Type(0) with { Shape = new Shape([.. dims.Select(d => checked((int)d))]) };

    private static OnnxType SameCount(NodeView node, OnnxType result) => result.Shape.ElementCount == node.Shape(0).ElementCount
        ? result
        : throw node.Refusal($"{node.Shape(0)} does not become {result.Shape}");

    private static OnnxType Spread(NodeView node)
    {
        var target = Reshaped(node, node.Longs(1)).Shape;
        return Shape.Broadcast(node.Shape(0), target) is { } shape
            ? node.Type(0) with { Shape = shape }
            : throw node.Refusal($"{node.Shape(0)} does not broadcast to {target}");
    }

    private static OnnxType[] Joined(NodeView node)
    {
        var first = node.Shape(0);
        var axis = Axis(node.Int("axis", 0), first.Rank);
        var all = Enumerable.Range(0, node.InputCount).Select(node.Shape).ToList();
        return all.TrueForAll(s => s.Rank == first.Rank && s.With(axis, 1) == first.With(axis, 1))
            ? [node.Type(0) with { Shape = first.With(axis, all.Sum(s => s[axis])) }]
            : throw node.Refusal($"{string.Join(", ", all)} do not join along axis {axis}");
    }
}
