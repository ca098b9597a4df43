using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Providers;

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
        var rule = LoweringRule.For<Elementwise.Swish>((emitter, node, _) => emitter.Emit("NoSuchOp", [emitter.Name(node.Inputs[0])]));

        var error = Assert.Throws<GraphException>(() => GraphLowering.Lower(OneOp(), new NoWeights(), new BareProvider([rule])));

        Assert.Contains("NoSuchOp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lower_IllegalGraph_IsRefusedBeforeAnythingIsWritten() =>
        Assert.Throws<GraphException>(() => GraphLowering.Lower(OneOp() with { Outputs = [] }, new NoWeights(), new CpuProvider()));

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
}
