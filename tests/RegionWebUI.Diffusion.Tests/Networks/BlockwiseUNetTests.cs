using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>The embedded model's whole UNet, differentiated in one graph and block by block.</summary>
public sealed class BlockwiseUNetTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private static readonly string[] _wrt = ["sample", "encoder_hidden_states"];
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions());

    private readonly Random _random = new(5);
    private readonly SessionCache _cache = new(1L << 30);
    private readonly DiffusersFolder _folder = DiffusersFolder.Open(Repository.PocketModel);
    private readonly Graph.Graph _graph;
    private readonly Dictionary<string, HostTensor> _inputs;

    public BlockwiseUNetTests()
    {
        _graph = UNet2DCondition.Build(UNetConfig.Parse(_folder.UnetConfig), new UNetShape(1, 16, 16, 77));
        _inputs = _graph.Inputs.ToDictionary(i => i.Name, i => Normal(i.Value.Shape));
        _inputs["timestep"] = HostTensor.Of(new Shape(1), [500f]);
        _inputs["d_prediction"] = Normal(_graph.Outputs[0].Value.Shape);
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Run_WholeUNet_GivesTheGradientsOfTheOneGraphInLessMemory()
    {
        var whole = Vjp.Differentiate(_graph, ["prediction"], _wrt);
        var plan = BlockwiseVjp.Differentiate(_graph, ["prediction"], _wrt);
        var expected = whole.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        using (var session = _runtime.Load(whole, Weights()))
        {
            session.Run(_inputs, expected, CancellationToken.None);
        }

        var actual = Gradients(plan);

        foreach (var (name, tensor) in expected)
        {
            var worst = tensor.Floats.Zip(actual[name].Floats, (a, b) => Math.Abs(a - b)).Max();
            Assert.InRange(worst, 0, Tolerance * tensor.Floats.Max(Math.Abs));
        }

        Assert.InRange(plan.PeakBytes, 1, (long)(0.6 * ActivationMemory.Peak(whole)));
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("encoder_hidden_states")]
    public void Run_WholeUNet_HasTheDirectionalDerivative(string input)
    {
        var gradient = Gradients(BlockwiseVjp.Differentiate(_graph, ["prediction"], [input]))[Vjp.Of(input)].Floats;
        var x = _inputs[input];
        var v = Normal(x.Type.Shape).Floats;
        using var forward = _runtime.Load(_graph, Weights());
        double At(double step)
        {
            var prediction = HostTensor.Empty(_graph.Outputs[0].Value.Shape);
            var fed = _graph.Inputs.ToDictionary(i => i.Name, i => _inputs[i.Name]);
            fed[input] = HostTensor.Of(x.Type.Shape, [.. x.Floats.Zip(v, (a, d) => (float)(a + (step * d)))]);
            forward.Run(fed, new Dictionary<string, HostTensor> { ["prediction"] = prediction }, CancellationToken.None);
            return prediction.Floats.Zip(_inputs["d_prediction"].Floats, (y, c) => (double)y * c).Sum();
        }

        const double H = 1e-2;
        var expected = (At(H) - At(-H)) / (2 * H);
        var actual = gradient.Zip(v, (g, d) => (double)g * d).Sum();
        var scale = Math.Sqrt(gradient.Sum(g => (double)g * g)) * Math.Sqrt(v.Sum(d => (double)d * d));
        Assert.True(scale > 0);
        Assert.InRange(Math.Abs(actual - expected), 0, 1e-3 * scale);
    }

    private Dictionary<string, HostTensor> Gradients(BlockwiseVjp plan)
    {
        var shapes = _graph.Inputs.Select(i => (Name: Vjp.Of(i.Name), i.Value.Shape)).Append((Name: "prediction", _graph.Outputs[0].Value.Shape));
        var results = shapes.Where(s => plan.Outputs.Contains(s.Name)).ToDictionary(s => s.Name, s => HostTensor.Empty(s.Shape));
        using var session = new BlockwiseSession(plan, _runtime, Weights(), _cache, string.Join(' ', plan.Outputs));
        session.Run(_inputs, results, CancellationToken.None);
        return results;
    }

    private CheckpointWeights Weights() => new(_folder.Unet);

    private HostTensor Normal(Shape shape)
    {
        var tensor = HostTensor.Empty(shape);
        for (var i = 0; i < tensor.Floats.Length; i++)
        {
            tensor.Floats[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        return tensor;
    }
}
