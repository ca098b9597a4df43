using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Checks;
using RegionWebUI.Onnx.Lowering.Protobuf;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Tests.Lowering;

/// <summary>Every limit of a kernel table: a graph just within it passes, the same graph beyond it is refused.</summary>
public class KernelCheckerTests
{
    private static readonly KernelTable _directMl = KernelTable.Load("directml");

    // What the refusal says; the graph, within or beyond the limit.
    private static readonly Dictionary<string, Action<OnnxEmitter, bool>> _limits = new()
    {
        ["DirectML has no kernel for ai.onnx Einsum"] = (e, beyond) => e.Emit(beyond ? "Einsum" : "MatMul", ["square", "square"]),
        ["DirectML has no kernel for ai.onnx GroupNormalization"] = (e, beyond) => e.Emit(beyond ? "GroupNormalization" : "Relu", ["x"]),
        ["takes no BFloat16 in 'coarse'"] = (e, beyond) => e.Emit("Cast", [beyond ? "coarse" : "half"], Int("to", 1)),
        ["takes no Int64 in 'ids'"] = (e, beyond) => e.Emit("Relu", [beyond ? "ids" : "x"]),
        ["takes no Float in 'x'"] = (e, beyond) => e.Emit("And", beyond ? ["x", "x"] : [Truth(e), Truth(e)]),
        ["takes at most 8 axes"] = (e, beyond) => e.Emit("Reshape", ["x", e.Longs(beyond ? [1, 1, 1, 1, 1, 4, 4, 4, 4] : [1, 1, 1, 1, 4, 4, 4, 4])]),
        ["takes no axis shorter than 1"] = (e, beyond) => e.Emit("Slice", ["x", e.Longs(0), e.Longs(beyond ? 0 : 1), e.Longs(1), e.Longs(1)]),
        ["wants 'ids' as an initialiser"] = (e, beyond) => e.Emit("Reshape", ["four", beyond ? "ids" : e.Longs(2, 2)]),
        ["wants 'scalar' as an initialiser"] = (e, beyond) => e.Emit("Clip", ["x", beyond ? "scalar" : e.Floats(new Shape(), [0]), ""]),
        ["takes 4 axes"] = (e, beyond) => GroupNorm(e, beyond ? "rows" : "x", 0, beyond ? "four" : "channels"),
        ["wants channels_last 0, not 1"] = (e, beyond) => GroupNorm(e, "x", beyond ? 1 : 0, "channels"),
        ["wants channels_last 0, not none"] = (e, beyond) => GroupNorm(e, "x", beyond ? null : 0, "channels"),
        ["wants [1, 2, 4, 4] in 'table"] = (e, beyond) => Attention(
            e, ["rows", "rows", "rows", "", "", e.Floats(new Shape(1, beyond ? 1 : 2, 4, 4), new float[beyond ? 16 : 32])]),
        ["wants mode nearest or linear, not cubic"] = (e, beyond) => e.Emit(
            "Resize", ["x", "", "", e.Longs(1, 4, 16, 16)], String("mode", beyond ? "cubic" : "linear")),
        ["wants exclude_outside 0, not 1"] = (e, beyond) => e.Emit(
            "Resize", ["x", "", "", e.Longs(1, 4, 16, 16)], Int("exclude_outside", beyond ? 1 : 0)),
        ["wants storage_order 0, not 1"] = (e, beyond) => e.Emit(
            "MaxPool", ["x"], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2), Int("storage_order", beyond ? 1 : 0)),
        ["wants training_mode 0, not 1"] = (e, beyond) => e.Emit(
            "BatchNormalization", ["x", "channels", "channels", "channels", "channels"], Int("training_mode", beyond ? 1 : 0)),
        ["wants numbers above 0 in 'table"] = (e, beyond) => e.Emit(
            "Slice", ["x", e.Longs(3), e.Longs(beyond ? 0 : 4), e.Longs(2), e.Longs(beyond ? -1 : 1)]),
        ["takes 2 operands, not 3"] = (e, beyond) => e.Emit("Max", beyond ? ["x", "x", "x"] : ["x", "x"]),
        ["nothing before it defines its input 'nowhere'"] = (e, beyond) => e.Emit("Relu", [beyond ? "nowhere" : "x"]),
        ["do not multiply"] = (e, beyond) => e.Emit("MatMul", ["square", beyond ? "channels8" : "square"]),
    };

    public static TheoryData<string> Limits => [.. _limits.Keys];

    [Theory]
    [MemberData(nameof(Limits))]
    public void Check_GraphBeyondALimit_IsRefusedByGraphNodeAndValue(string sentence)
    {
        KernelChecker.Check(Graph(e => _limits[sentence](e, false)), "DirectML", _directMl);

        var error = Assert.Throws<GraphException>(() => KernelChecker.Check(Graph(e => _limits[sentence](e, true)), "DirectML", _directMl));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Graph 'limits', node '", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Probabilities of attention, mean and deviation of a norm: what DirectML's kernels do not give.</summary>
    [Theory]
    [InlineData("MultiHeadAttention", 4, "gives at most 3 results, not 4")]
    [InlineData("LayerNormalization", 3, "gives 1 result, not 3")]
    public void Check_MoreResultsThanTheKernelGives_IsRefused(string op, int outputs, string sentence)
    {
        var graph = op == "MultiHeadAttention"
            ? Graph(e => Attention(e, ["rows", "rows", "rows"]))
            : Graph(e => e.Emit(op, ["rows", "four", "four"]));
        KernelChecker.Check(graph, "DirectML", _directMl);
        graph.Node[0].Output.AddRange(Enumerable.Range(1, outputs - 1).Select(i => $"more{i}"));

        Assert.Contains(
            sentence, Assert.Throws<GraphException>(() => KernelChecker.Check(graph, "DirectML", _directMl)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_KernelOfAnotherVersion_IsRefused()
    {
        var graph = Graph(e => e.Emit("Relu", ["x"]));
        KernelChecker.Check(graph, "Some", KernelTable.Read(["ai.onnx\tRelu\t14\tfloats"]));

        var error = Assert.Throws<GraphException>(() => KernelChecker.Check(graph, "Some", KernelTable.Read(["ai.onnx\tRelu\t13\tfloats"])));

        Assert.Contains("Some has ai.onnx Relu of version 13, opset 17 means 14", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What depends on initialisers only is folded by the CPU's kernels before the provider is asked.</summary>
    [Fact]
    public void Check_NodeOfInitialisersOnly_IsHeldAgainstTheCpusKernels()
    {
        static void Weights(OnnxEmitter e, string half) => e.Emit(
            "MatMul", ["square", e.Emit("Cast", [half], Int("to", (long)ElementType.Float))]);

        var graph = Graph(e => Weights(e, "weight"));
        graph.Initializer.Add(new TensorProto { Name = "weight", DataType = (int)ElementType.BFloat16, Dims = { 8, 8 } });
        KernelChecker.Check(graph, "DirectML", _directMl);

        Assert.Throws<GraphException>(() => KernelChecker.Check(Graph(e => Weights(e, "coarse")), "DirectML", _directMl));
    }

    [Fact]
    public void Check_OutputOfAnotherShape_IsRefused()
    {
        var graph = Graph(e => e.Emit("Relu", ["x"]));
        graph.Output.Add(Declared(graph.Node[0].Output[0], ElementType.Float, 1, 4, 8, 8));
        KernelChecker.Check(graph, "DirectML", _directMl);
        graph.Output.Add(Declared(graph.Node[0].Output[0], ElementType.Float, 1, 4, 8, 9));

        Assert.Contains(
            "is declared Float[1, 4, 8, 9] and computed as Float[1, 4, 8, 8]",
            Assert.Throws<GraphException>(() => KernelChecker.Check(graph, "DirectML", _directMl)).Message,
            StringComparison.Ordinal);
    }

    private static string Truth(OnnxEmitter e) => e.Emit("Greater", ["x", "x"]);

    private static void GroupNorm(OnnxEmitter e, string x, int? last, string channels)
    {
        List<AttributeProto> attributes = [Int("groups", 2), Int("activation", 0)];
        if (last is { } value)
        {
            attributes.Add(Int("channels_last", value));
        }

        e.Emit(OnnxEmitter.Contrib, "GroupNorm", [x, channels, channels], attributes);
    }

    private static void Attention(OnnxEmitter e, string[] inputs) => e.Emit(OnnxEmitter.Contrib, "MultiHeadAttention", inputs, Int("num_heads", 2));

    private static GraphProto Graph(Action<OnnxEmitter> write)
    {
        var graph = new GraphProto { Name = "limits" };
        graph.Input.Add(Declared("x", ElementType.Float, 1, 4, 8, 8));
        graph.Input.Add(Declared("rows", ElementType.Float, 1, 4, 4));
        graph.Input.Add(Declared("square", ElementType.Float, 8, 8));
        graph.Input.Add(Declared("channels", ElementType.Float, 4));
        graph.Input.Add(Declared("channels8", ElementType.Float, 4, 8));
        graph.Input.Add(Declared("four", ElementType.Float, 4));
        graph.Input.Add(Declared("scalar", ElementType.Float));
        graph.Input.Add(Declared("ids", ElementType.Int64, 2));
        graph.Input.Add(Declared("half", ElementType.Float16, 8, 8));
        graph.Input.Add(Declared("coarse", ElementType.BFloat16, 8, 8));
        write(new OnnxEmitter(graph));
        return graph;
    }

    private static ValueInfoProto Declared(string name, ElementType type, params int[] dims)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        tensor.Shape.Dim.AddRange(dims.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
