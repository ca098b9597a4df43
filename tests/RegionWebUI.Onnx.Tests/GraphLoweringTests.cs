using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Providers;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests;

public class GraphLoweringTests
{
    [Fact]
    public void CpuProvider_EveryOp_HasARule()
    {
        var ops = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract);

        Assert.Empty(ops.Except(new CpuProvider().Rules.Keys));
    }

    [Fact]
    public void Lower_OpWithoutRule_IsRefusedByName()
    {
        var provider = new BareProvider([]);

        var error = Assert.Throws<GraphException>(() => GraphLowering.Lower(OneOp(), new NoWeights(), provider));

        Assert.Contains("Swish", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lower_NodeOutsideTheKernelTable_IsRefusedByName()
    {
        var rule = LoweringRule.For<Activation.Swish>((emitter, node, _) => emitter.Emit("NoSuchOp", [emitter.Name(node.Inputs[0])]));

        var error = Assert.Throws<GraphException>(() => GraphLowering.Lower(OneOp(), new NoWeights(), new BareProvider([rule])));

        Assert.Contains("NoSuchOp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lower_IllegalGraph_IsRefusedBeforeAnythingIsWritten() =>
        Assert.Throws<GraphException>(() => GraphLowering.Lower(OneOp() with { Outputs = [] }, new NoWeights(), new CpuProvider()));

    [Theory]
    [InlineData(true, 4L, 8L)]
    [InlineData(true, 4L, 8L, 1L, 1L)]
    [InlineData(true, 1L, 4L, 8L)]
    [InlineData(false, 8L, 4L)]
    [InlineData(false, 32L)]
    [InlineData(false, 4L, 8L, 2L)]
    [InlineData(false, 4L)]
    public void Lower_WeightOfAShape_IsTakenWhenOnlyOnesDiffer(bool taken, params long[] shape)
    {
        var b = new GraphBuilder("dense");
        b.Output("y", b.Project(b.Input("x", TensorType.Float(1, 8)), b.Weight("w", 4, 8), bias: null));
        var graph = b.Build();

        var error = Record.Exception(() => GraphLowering.Lower(graph, new OneWeight(shape), new CpuProvider()));

        Assert.Equal(taken, error is null);
        Assert.True(taken || error is WeightException, $"{error}");
    }

    private static Graph.Graph OneOp()
    {
        var b = new GraphBuilder("one");
        b.Output("y", b.Silu(b.Input("x", TensorType.Float(2, 3))));
        return b.Build();
    }

    private sealed class BareProvider(LoweringRule[] rules) : IProvider
    {
        public string Name => "Bare";

        public KernelTable Kernels { get; } = KernelTable.Load("cpu");

        public IReadOnlyDictionary<Type, LoweringRule> Rules { get; } = rules.ToDictionary(r => r.Op);
    }

    private sealed class OneWeight(long[] shape) : IWeightSource
    {
        public StoredWeight Find(string name) =>
            new(Path.Combine(Path.GetTempPath(), "w.safetensors"), StoredDType.Float32, [.. shape], 0, 4 * shape.Aggregate(1L, (n, d) => n * d));
    }
}
