using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Checks;
using RegionWebUI.Onnx.Lowering.Protobuf;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.TestKit.DirectMl;

/// <summary>
/// The definitions of ONNX Runtime's fused ops in standard ONNX of opset 17, as its operator page (ContribOperators.md) gives them; written
/// from there and not from the lowering, so that a wrong attribute or layout shows.
/// </summary>
internal static class FusedOps
{
    /// <summary>Replaces every node of com.microsoft by standard ones.</summary>
    /// <exception cref="InvalidOperationException">There is no definition of a node here.</exception>
    public static void WriteOut(GraphProto graph, string provider, KernelTable kernels)
    {
        var types = KernelChecker.Check(graph, provider, kernels);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        foreach (var node in nodes)
        {
            if (node.Domain.Length == 0)
            {
                graph.Node.Add(node);
                continue;
            }

            Define(new FusedNode(graph, node, types));
            graph.Node[^1].Output[0] = node.Output[0];
        }
    }

    private static void Define(FusedNode node)
    {
        switch (node.Op)
        {
            case "GroupNorm":
                GroupNorm(node);
                break;
            case "MultiHeadAttention":
                MultiHeadAttention(node);
                break;
            case "FusedMatMul":
                FusedMatMul(node);
                break;
            case "QuickGelu":
                var slope = node.Emit("Mul", node.Input(0), node.Number(node.Float("alpha", 1.702f)));
                node.Emit("Mul", node.Input(0), node.Emit("Sigmoid", slope));
                break;
            case "Gelu":
                var normal = node.Emit("Erf", node.Emit("Mul", node.Input(0), node.Number((float)Math.Sqrt(0.5))));
                var half = node.Emit("Mul", node.Input(0), node.Number(0.5f));
                node.Emit("Mul", half, node.Emit("Add", normal, node.Number(1)));
                break;
            default:
                throw new InvalidOperationException($"{nameof(FusedOps)} has no definition of {node.Op}.");
        }
    }

    private static void GroupNorm(FusedNode node)
    {
        var x = node.Shape(0);
        var (groups, wide) = (node.Int("groups", 0), node.Int("channels_last", 1) == 1);
        if (wide)
        {
            throw new InvalidOperationException($"{nameof(FusedOps)} has no definition of GroupNorm with channels last.");
        }

        var grouped = node.Emit("Reshape", node.Input(0), node.Longs(x[0], groups, x.ElementCount / x[0] / groups));
        var centred = node.Emit("Sub", grouped, Mean(node, grouped));
        var variance = node.Emit("Add", Mean(node, node.Emit("Mul", centred, centred)), node.Number(node.Float("epsilon", 1e-5f)));
        var normal = node.Emit("Reshape", node.Emit("Div", centred, node.Emit("Sqrt", variance)), node.Longs([.. x.Dims.Select(d => (long)d)]));
        string PerChannel(int input) => node.Emit("Reshape", node.Input(input), node.Longs(x[1], 1, 1));
        var y = node.Emit("Add", node.Emit("Mul", normal, PerChannel(1)), PerChannel(2));
        if (node.Int("activation", 0) == 1)
        {
            node.Emit("Mul", y, node.Emit("Sigmoid", y));
        }
    }

    private static string Mean(FusedNode node, string x) => node.Emit("ReduceMean", [x], Ints("axes", -1), Int("keepdims", 1));

    private static void MultiHeadAttention(FusedNode node)
    {
        var (heads, q) = (node.Int("num_heads", 0), node.Shape(0));
        string PerHead(int input)
        {
            var shape = node.Shape(input);
            var split = node.Emit("Reshape", node.Input(input), node.Longs(shape[0], shape[1], heads, shape[2] / heads));
            return node.Emit("Transpose", [split], Ints("perm", 0, 2, 1, 3));
        }

        var keys = node.Emit("Transpose", [PerHead(1)], Ints("perm", 0, 1, 3, 2));
        var scale = node.Float("scale", (float)(1 / Math.Sqrt(q[2] / (double)heads)));
        var scores = node.Emit("Mul", node.Emit("MatMul", PerHead(0), keys), node.Number(scale));
        if (node.Has(5))
        {
            scores = node.Emit("Add", scores, node.Input(5));
        }

        if (node.Has(3) || node.Has(4) || node.Has(6) || node.Has(7))
        {
            throw new InvalidOperationException($"{nameof(FusedOps)} defines attention with a bias on the scores only.");
        }

        var mixed = node.Emit("MatMul", node.Emit("Softmax", [scores], Int("axis", -1)), PerHead(2));
        var together = node.Emit("Transpose", [mixed], Ints("perm", 0, 2, 1, 3));
        node.Emit("Reshape", together, node.Longs(q[0], q[1], node.Shape(2)[2]));
    }

    private static void FusedMatMul(FusedNode node)
    {
        string Turned(int input, string attribute)
        {
            var rank = node.Shape(input).Rank;
            int[] order = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
            return node.Int(attribute, 0) == 0 ? node.Input(input) : node.Emit("Transpose", [node.Input(input)], Ints("perm", order));
        }

        var (a, b) = (Turned(0, "transA"), Turned(1, "transB"));
        node.Emit("Mul", node.Emit("MatMul", a, b), node.Number(node.Float("alpha", 1)));
    }
}
