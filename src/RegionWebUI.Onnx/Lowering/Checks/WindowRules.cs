using RegionWebUI.Graph;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>What the results of ops with a window over the axes behind batch and channels are.</summary>
internal static class WindowRules
{
    public static OnnxType[] Conv(NodeView node)
    {
        var (x, w) = (node.Shape(0), node.Shape(1));
        if (x.Rank != w.Rank || x[1] != w[1] * node.Int("group", 1))
        {
            throw node.Refusal($"{x} does not fit the kernel {w}");
        }

        return [node.Type(0) with { Shape = new Shape([x[0], w[0], .. Windows(node, w.Dims.AsSpan()[2..].ToArray())]) }];
    }

    public static OnnxType[] ConvTranspose(NodeView node)
    {
        var (x, w) = (node.Shape(0), node.Shape(1));
        if (x.Rank != w.Rank || x[1] != w[0])
        {
            throw node.Refusal($"{x} does not fit the kernel {w}");
        }

        var (strides, pads, more) = (node.Ints("strides"), node.Ints("pads"), node.Ints("output_padding"));
        var count = x.Rank - 2;
        var sizes = Enumerable.Range(0, count).Select(i =>
            ((strides?[i] ?? 1) * (x[i + 2] - 1)) + (more?[i] ?? 0) + w[i + 2] - (pads?[i] ?? 0) - (pads?[count + i] ?? 0));
        return [node.Type(0) with { Shape = new Shape([x[0], w[1] * (int)node.Int("group", 1), .. sizes]) }];
    }

    /// <summary>The result and, of the greatest, its place.</summary>
    public static OnnxType[] Pool(NodeView node)
    {
        var x = node.Shape(0);
        var shape = new Shape([x[0], x[1], .. Windows(node, node.Ints("kernel_shape")!)]);
        return [node.Type(0) with { Shape = shape }, new OnnxType(ElementType.Int64, shape)];
    }

    private static IEnumerable<int> Windows(NodeView node, int[] kernel)
    {
        var (x, strides, pads, dilations) = (node.Shape(0), node.Ints("strides"), node.Ints("pads"), node.Ints("dilations"));
        return kernel.Select((size, i) =>
        {
            var padded = x[i + 2] + (pads?[i] ?? 0) + (pads?[kernel.Length + i] ?? 0);
            return ((padded - ((size - 1) * (dilations?[i] ?? 1)) - 1) / (strides?[i] ?? 1)) + 1;
        });
    }
}
