using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.DirectMl;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>
/// Every network and its gradient as DirectML gets it: within the kernel table, and with the fused ops written out the same numbers as the
/// CPU's own lowering.
/// </summary>
[Trait("Category", "Fixture")]
public class DirectMlNetworkTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;

    private static readonly FixtureFile _file = Fixtures.Open("networks", "networks.json");

    public static TheoryData<string> Names => [.. _file.Cases.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_Network_ComputesWhatTheCpuDoes(string name)
    {
        var test = Case(name);
        Compare(NetworkRunner.Build(test, _file), test, []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_GradientOfANetwork_ComputesWhatTheCpuDoes(string name)
    {
        var test = Case(name);
        var gradients = test.GetProperty("gradients").EnumerateObject().ToList();
        var cotangents = gradients[0].Value.GetProperty("cotangents").EnumerateObject()
            .ToDictionary(c => NetworkRunner.OutputName(c.Name), c => _file.Floats(c.Value.GetString()!));
        var graph = NetworkRunner.Build(test, _file, fromEmbeddings: true);
        var vjp = Vjp.Differentiate(graph, [.. cotangents.Keys], [.. gradients.Select(g => g.Name)]);
        Compare(vjp, test, cotangents.ToDictionary(c => Vjp.Of(c.Key), c => c.Value));
    }

    private static JsonElement Case(string name) => _file.Cases.Single(c => c.GetProperty("name").GetString() == name);

    private void Compare(Graph.Graph graph, JsonElement test, Dictionary<string, float[]> cotangents)
    {
        var runtime = new TwoLowerings();
        using var session = runtime.Load(graph, new CheckpointWeights(NetworkRunner.Weights(test)));
        session.Run(
            graph.Inputs.ToDictionary(i => i.Name, i => cotangents.TryGetValue(i.Name, out var given)
                ? HostTensor.Of(i.Value.Shape, given)
                : NetworkRunner.Input(i, test, _file)),
            graph.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape)),
            TestContext.Current.CancellationToken);

        Assert.Equal(graph.Outputs.Length, runtime.Notes.Count);
        foreach (var (result, apart) in runtime.Notes)
        {
            output.WriteLine($"{result}: {apart:e1} of its scale");
            Assert.True(apart <= Tolerance, $"{result}: {apart} of its scale apart");
        }
    }
}
