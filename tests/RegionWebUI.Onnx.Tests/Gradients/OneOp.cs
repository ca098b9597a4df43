using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>Graphs of one op over inputs x0, x1, ... with the result y.</summary>
internal static class OneOp
{
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = 1 });

    public static Graph.Graph Graph(Op op, IReadOnlyList<HostTensor> operands)
    {
        var b = new GraphBuilder("one-op");
        b.Output("y", b.Apply(op, operands.Select((x, i) => b.Input(Name(i), x.Type)).ToArray()));
        return b.Build();
    }

    public static Dictionary<string, HostTensor> Inputs(IReadOnlyList<HostTensor> operands) =>
        operands.Select((x, i) => KeyValuePair.Create(Name(i), x)).ToDictionary();

    /// <summary>Names of the first operands.</summary>
    public static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(Name)];

    /// <summary>The result, and the gradient of sum(result x cotangent) with respect to the first operand.</summary>
    public static (float[] Y, float[] Gradient) Run(Op op, float[] cotangent, params HostTensor[] operands) =>
        Run(Graph(op, operands), Inputs(operands), cotangent);

    /// <summary>The same of a graph that has the inputs and the result of one.</summary>
    public static (float[] Y, float[] Gradient) Run(Graph.Graph graph, IReadOnlyDictionary<string, HostTensor> inputs, float[] cotangent)
    {
        var y = HostTensor.Empty(graph.Outputs[0].Value.Shape);
        var gradient = HostTensor.Empty(inputs[Name(0)].Type.Shape);
        var vjp = Vjp.Differentiate(graph, ["y"], [Name(0)]);
        using var session = _runtime.Load(vjp, new NoWeights());
        var given = new Dictionary<string, HostTensor>(inputs) { [Vjp.Of("y")] = HostTensor.Of(y.Type.Shape, cotangent) };
        session.Run(
            vjp.Inputs.ToDictionary(i => i.Name, i => given[i.Name]),
            new Dictionary<string, HostTensor> { ["y"] = y, [Vjp.Of(Name(0))] = gradient },
            CancellationToken.None);
        return (y.Floats, gradient.Floats);
    }

    private static string Name(int operand) => $"x{operand}";
}
