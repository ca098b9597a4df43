using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>Compares a graph's gradients with central differences of the sum of its cotangent-weighted outputs, summed in double.</summary>
internal sealed class DifferenceQuotient : IDisposable
{
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = 1 });

    private readonly Graph.Graph _graph;
    private readonly IGraphSession _forward;
    private readonly IGraphSession _backward;
    private readonly Dictionary<string, HostTensor> _inputs;
    private readonly Dictionary<string, HostTensor> _cotangents;
    private readonly string[] _wrt;

    public DifferenceQuotient(Graph.Graph graph, string[] wrt, IReadOnlyDictionary<string, HostTensor> inputs, Random random)
    {
        (_graph, _wrt, _inputs) = (graph, wrt, new(inputs));
        _forward = _runtime.Load(graph, new NoWeights());
        _backward = _runtime.Load(Vjp.Differentiate(graph, [.. graph.Outputs.Select(o => o.Name)], wrt), new NoWeights());
        _cotangents = graph.Outputs.ToDictionary(o => o.Name, o => HostTensor.Of(o.Value.Shape, Normal(random, (int)o.Value.Shape.ElementCount)));
    }

    /// <summary>The gradients of the inputs asked for.</summary>
    public Dictionary<string, float[]> Gradients()
    {
        var results = _graph.Inputs.Where(i => _wrt.Contains(i.Name)).ToDictionary(i => Vjp.Of(i.Name), i => HostTensor.Empty(i.Value.Shape));
        var fed = _inputs.Concat(_cotangents.Select(c => KeyValuePair.Create(Vjp.Of(c.Key), c.Value))).ToDictionary();
        _backward.Run(fed, results, CancellationToken.None);
        return _wrt.ToDictionary(name => name, name => results[Vjp.Of(name)].Floats);
    }

    /// <summary>(L(x + h v) - L(x - h v)) / 2h.</summary>
    public double Along(string input, float[] direction, double h)
    {
        var x = _inputs[input];
        double At(double step)
        {
            float[] moved = [.. x.Floats.Zip(direction, (value, v) => (float)(value + (step * v)))];
            return Loss(new(_inputs) { [input] = HostTensor.Of(x.Type.Shape, moved) });
        }

        return (At(h) - At(-h)) / (2 * h);
    }

    public void Dispose()
    {
        _forward.Dispose();
        _backward.Dispose();
    }

    public static float[] Normal(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private double Loss(Dictionary<string, HostTensor> inputs)
    {
        var outputs = _graph.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        _forward.Run(inputs, outputs, CancellationToken.None);
        return outputs.Sum(o => o.Value.Floats.Zip(_cotangents[o.Key].Floats, (y, c) => (double)y * c).Sum());
    }
}
