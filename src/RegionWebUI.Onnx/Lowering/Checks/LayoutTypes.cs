using RegionWebUI.Graph;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>What the results of ops that pick and place elements are.</summary>
internal static class LayoutTypes
{
    public static OnnxType[] Split(NodeView node)
    {
        var x = node.Type(0);
        var axis = TypeRules.Axis(node.Int("axis", 0), x.Shape.Rank);
        var sizes = node.Longs(1);
        return sizes.Sum() == x.Shape[axis]
            ? [.. sizes.Select(size => x with { Shape = x.Shape.With(axis, (int)size) })]
            : throw node.Refusal($"{x.Shape} does not split into {string.Join(" + ", sizes)} along axis {axis}");
    }

    /// <summary>Of each axis the entries from start towards end, which are clamped to the axis first.</summary>
    public static OnnxType[] Slice(NodeView node)
    {
        var shape = node.Shape(0);
        var (starts, ends) = (node.Longs(1), node.Longs(2));
        var axes = node.Has(3) ? node.Longs(3) : [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        var steps = node.Has(4) ? node.Longs(4) : [.. starts.Select(_ => 1L)];
        for (var i = 0; i < starts.Length; i++)
        {
            var axis = TypeRules.Axis(axes[i], shape.Rank);
            var (size, backwards) = (shape[axis], steps[i] < 0);
            long FromFront(long at, long least, long most) => Math.Clamp(at < 0 ? at + size : at, least, most);
            var start = FromFront(starts[i], 0, backwards ? size - 1 : size);
            var end = FromFront(ends[i], backwards ? -1 : 0, size);
            shape = shape.With(axis, (int)Math.Max(0, Math.Ceiling((end - start) / (double)steps[i])));
        }

        return [node.Type(0) with { Shape = shape }];
    }

    public static OnnxType[] Pad(NodeView node)
    {
        var (shape, pads) = (node.Shape(0), node.Longs(1));
        return [node.Type(0) with { Shape = new Shape([.. shape.Dims.Select((d, i) => d + (int)(pads[i] + pads[shape.Rank + i]))]) }];
    }

    public static OnnxType[] Gather(NodeView node)
    {
        var (table, indices) = (node.Shape(0), node.Shape(1));
        var axis = TypeRules.Axis(node.Int("axis", 0), table.Rank);
        return [node.Type(0) with { Shape = new Shape([.. table.Dims[..axis], .. indices.Dims, .. table.Dims[(axis + 1)..]]) }];
    }

    public static OnnxType[] GatherNd(NodeView node)
    {
        var (x, indices) = (node.Shape(0), node.Shape(1));
        var taken = (int)node.Int("batch_dims", 0) + indices[^1];
        return [node.Type(0) with { Shape = new Shape([.. indices.Dims[..^1], .. x.Dims[taken..]]) }];
    }
}
