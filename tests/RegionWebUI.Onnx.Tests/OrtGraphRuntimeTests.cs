using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests;

/// <summary>Every op through ONNX Runtime against a few lines of plain arithmetic.</summary>
public class OrtGraphRuntimeTests
{
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = 1 });

    [Fact]
    public void Run_Elementwise_EqualsTheFormula()
    {
        var b = new GraphBuilder("elementwise");
        var x = b.Input("x", TensorType.Float(2, 3));
        b.Output("silu", b.Silu(x));
        b.Output("gelu", b.Gelu(x));
        b.Output("clip", b.Clip(b.Add(b.Multiply(x, x), b.Sin(x)), -0.5f, 1));

        var results = Run(b.Build(), new() { ["x"] = [-2, -1, -0.25f, 0, 0.5f, 3] });

        float[] xs = [-2, -1, -0.25f, 0, 0.5f, 3];
        AssertNear(xs.Select(v => v / (1 + Math.Exp(-v))), results["silu"]);
        AssertNear([-0.0455003, -0.1586553, -0.1003234, 0, 0.3457312, 2.9959502], results["gelu"]);
        AssertNear(xs.Select(v => Math.Clamp(v * v + Math.Sin(v), -0.5, 1)), results["clip"]);
    }

    [Fact]
    public void Run_Layout_MovesElements()
    {
        var b = new GraphBuilder("layout");
        var x = b.Input("x", TensorType.Float(2, 3));
        var t = b.Transpose(x, 1, 0);
        b.Output("t", b.Concat(0, t, b.Reshape(x, 3, 2)));
        b.Output("s", b.Slice(x, 1, 1, 2));

        var results = Run(b.Build(), new() { ["x"] = [1, 2, 3, 4, 5, 6] });

        Assert.Equal([1, 4, 2, 5, 3, 6, 1, 2, 3, 4, 5, 6], results["t"]);
        Assert.Equal([2, 3, 5, 6], results["s"]);
    }

    [Fact]
    public void Run_NearestUpsampleToOddSize_ReadsFloorOfIndex()
    {
        var b = new GraphBuilder("resample");
        b.Output("y", b.UpsampleNearest(b.Input("x", TensorType.Float(1, 1, 1, 3)), 1, 5));

        Assert.Equal([1, 1, 2, 2, 3], Run(b.Build(), new() { ["x"] = [1, 2, 3] })["y"]);
    }

    [Fact]
    public void Run_CausalAttention_SeesNoLaterToken()
    {
        var b = new GraphBuilder("attention");
        var q = b.Input("q", TensorType.Float(1, 3, 2));
        b.Output("y", b.Attend(q, q, q, heads: 1, causal: true));
        var graph = b.Build();

        var first = Run(graph, new() { ["q"] = [1, 2, 3, 4, 5, 6] })["y"];
        var later = Run(graph, new() { ["q"] = [1, 2, 3, 4, 50, 60] })["y"];

        AssertNear([1, 2], first[..2]);
        Assert.Equal(first[..4], later[..4]);
    }

    [Fact]
    public void Run_CancelledToken_StopsAndTheNextRunWorks()
    {
        var b = new GraphBuilder("g");
        b.Output("y", b.Silu(b.Input("x", TensorType.Float(1, 1))));
        using var session = _runtime.Load(b.Build(), new NoWeights());
        var (x, y) = (HostTensor.Of(new Shape(1, 1), [1f]), HostTensor.Empty(new Shape(1, 1)));

        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(Named("x", x), Named("y", y), new CancellationToken(true)));
        session.Run(Named("x", x), Named("y", y), CancellationToken.None);

        AssertNear([0.7310586], y.Floats);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    public void Run_SeveralTimesTheGraphsBatch_GivesEachPartWhatItGetsAlone(int sideBySide, int parts)
    {
        var b = new GraphBuilder("rows");
        var x = b.Input("x", TensorType.Float(1, 2));
        b.Output("y", b.Multiply(b.Silu(x), b.Reshape(b.Input("t", TensorType.Float(1)), 1, 1)));
        using var session = _runtime.Load(b.Build(), new NoWeights(), sideBySide);
        float[] xs = [.. Enumerable.Range(0, 2 * parts).Select(i => i - 1.5f)];
        float[] ts = [.. Enumerable.Range(1, parts).Select(i => (float)i)];
        var inputs = new Dictionary<string, HostTensor>
        {
            ["x"] = HostTensor.Of(new Shape(parts, 2), xs),
            ["t"] = HostTensor.Of(new Shape(parts), ts),
        };
        var y = HostTensor.Empty(new Shape(parts, 2));

        session.Run(inputs, Named("y", y), CancellationToken.None);

        AssertNear(xs.Select((v, i) => ts[i / 2] * v / (1 + Math.Exp(-v))), y.Floats);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Run_BatchesThatDiffer_AreRefused(int input, int output)
    {
        var b = new GraphBuilder("rows");
        b.Output("y", b.Silu(b.Input("x", TensorType.Float(1, 2))));
        using var session = _runtime.Load(b.Build(), new NoWeights());

        var error = Assert.Throws<RuntimeFailureException>(() => session.Run(
            Named("x", HostTensor.Empty(new Shape(input, 2))), Named("y", HostTensor.Empty(new Shape(output, 2))), CancellationToken.None));

        Assert.Contains("'y'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputOfWrongName_IsAFailureWithTheNetworksName()
    {
        var b = new GraphBuilder("picky");
        b.Output("y", b.Silu(b.Input("x", TensorType.Float(1, 1))));
        using var session = _runtime.Load(b.Build(), new NoWeights());
        var tensor = HostTensor.Empty(new Shape(1, 1));

        var error = Assert.Throws<RuntimeFailureException>(() => session.Run(Named("z", tensor), Named("y", tensor), CancellationToken.None));

        Assert.Contains("picky", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, HostTensor> Named(string name, HostTensor tensor) => new() { [name] = tensor };

    private static Dictionary<string, float[]> Run(Graph.Graph graph, Dictionary<string, float[]> inputs)
    {
        using var session = _runtime.Load(graph, new NoWeights());
        var outputs = graph.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        session.Run(graph.Inputs.ToDictionary(i => i.Name, i => HostTensor.Of(i.Value.Shape, inputs[i.Name])), outputs, CancellationToken.None);
        return outputs.ToDictionary(o => o.Key, o => o.Value.Floats);
    }

    private static void AssertNear(IEnumerable<double> expected, float[] actual)
    {
        var wanted = expected.ToList();
        Assert.Equal(wanted.Count, actual.Length);
        foreach (var (e, a) in wanted.Zip(actual))
        {
            Assert.True(Math.Abs(e - a) <= 1e-5, $"{a} instead of {e}");
        }
    }
}
