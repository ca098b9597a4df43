using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Lowering.Providers;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Onnx.Tests.Gradients;
using RegionWebUI.TestKit.DirectMl;

namespace RegionWebUI.Onnx.Tests.Lowering;

/// <summary>Every op and its derivative as DirectML gets it: the same numbers as the CPU's lowering.</summary>
public class DirectMlOpTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string, Op, string, int> Cases => DerivativeRuleTests.Cases;

    [Fact]
    public void DirectMlProvider_EveryOpOfTheCpu_HasARule()
    {
        var (cpu, directMl) = (new CpuProvider().Rules.Keys, new DirectMlProvider().Rules.Keys);

        Assert.Equal(cpu.OrderBy(t => t.FullName), directMl.OrderBy(t => t.FullName));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lower_OneOpAndItsGradient_ComputesWhatTheCpuDoes(string name, Op op, string operands, int differentiated)
    {
        var random = new Random(name.Length);
        var b = new GraphBuilder("one-op");
        var inputs = operands.Split(' ').Select((text, i) => (Name: $"x{i}", Value: OperandText.Tensor(random, text))).ToDictionary();
        b.Output("y", b.Apply(op, inputs.Select(i => b.Input(i.Key, i.Value.Type)).ToArray()));
        var graph = b.Build();
        string[] wrt = [.. inputs.Keys.Take(differentiated)];

        RequireSameNumbers(graph, inputs, random);
        RequireSameNumbers(Vjp.Differentiate(graph, ["y"], wrt), inputs, random);
    }

    [Fact]
    public void Lower_OpsWithoutDerivative_ComputeWhatTheCpuDoes()
    {
        var b = new GraphBuilder("others");
        var x = b.Input("x", TensorType.Float(3, 5));
        var ids = b.Input("ids", TensorType.Int64(2, 1));
        b.Output("between", b.Between(x, -0.5f, 0.5f));
        b.Output("above", b.Between(x, 0, float.PositiveInfinity));
        b.Output("equal", b.Equal(x, b.Relu(x)));
        b.Output("rows", b.TakeRows(x, ids));
        b.Output("marks", b.MarkEach(ids, 4));
        var random = new Random(1);
        var inputs = new Dictionary<string, HostTensor>
        {
            ["x"] = OperandText.Tensor(random, "3,5"),
            ["ids"] = HostTensor.Of(new Shape(2, 1), [2L, 0L]),
        };

        RequireSameNumbers(b.Build(), inputs, random);
    }

    /// <summary>What is no picture takes another way than the fused op.</summary>
    [Theory]
    [InlineData(2, 6, 5)]
    [InlineData(1, 4, 2, 3, 2)]
    public void Lower_GroupNormOfAnyRank_ComputesWhatTheCpuDoes(params int[] dims)
    {
        var b = new GraphBuilder("group-norm");
        var (gamma, beta) = (b.Input("gamma", TensorType.Float(dims[1])), b.Input("beta", TensorType.Float(dims[1])));
        b.Output("y", b.GroupNorm(b.Input("x", TensorType.Float(dims)), gamma, beta, 2, 1e-5f));
        var random = new Random(2);
        var inputs = new Dictionary<string, HostTensor>
        {
            ["x"] = OperandText.Tensor(random, string.Join(',', dims)),
            ["gamma"] = OperandText.Tensor(random, $"{dims[1]}"),
            ["beta"] = OperandText.Tensor(random, $"{dims[1]}"),
        };

        RequireSameNumbers(b.Build(), inputs, random);
    }

    private static void RequireSameNumbers(Graph.Graph graph, Dictionary<string, HostTensor> inputs, Random random)
    {
        var runtime = new TwoLowerings();
        using var session = runtime.Load(graph, new NoWeights());
        session.Run(
            graph.Inputs.ToDictionary(i => i.Name, i => inputs.GetValueOrDefault(i.Name)
                ?? HostTensor.Of(i.Value.Shape, DifferenceQuotient.Normal(random, (int)i.Value.Shape.ElementCount))),
            graph.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape)),
            TestContext.Current.CancellationToken);

        Assert.Equal(graph.Outputs.Length, runtime.Notes.Count);
        Assert.All(runtime.Notes, note => Assert.True(note.Apart <= Tolerance, $"{note.Output}: {note.Apart} of its scale apart"));
    }
}
