using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>Gradients of whole networks as PyTorch's autograd has them.</summary>
[Trait("Category", "Fixture")]
public class GradientFixtureTests(ITestOutputHelper output)
{
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions());
    private static readonly FixtureFile _file = Fixtures.Open("networks", "networks.json");

    public static TheoryData<string> Names => [.. _file.Cases.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Differentiate_FixtureCotangents_GivesPyTorchsGradients(string name)
    {
        var test = _file.Cases.Single(c => c.GetProperty("name").GetString() == name);
        var graph = NetworkRunner.Build(test, _file, fromEmbeddings: true);
        var gradients = test.GetProperty("gradients").EnumerateObject().ToList();
        Assert.NotEmpty(gradients);
        foreach (var gradient in gradients)
        {
            var cotangents = gradient.Value.GetProperty("cotangents").EnumerateObject()
                .ToDictionary(c => NetworkRunner.OutputName(c.Name), c => _file.Floats(c.Value.GetString()!));
            var vjp = Vjp.Differentiate(graph, [.. cotangents.Keys], [gradient.Name]);
            using var session = _runtime.Load(vjp, new CheckpointWeights(NetworkRunner.Weights(test)));
            var result = HostTensor.Empty(vjp.Outputs.Single(o => o.Name == Vjp.Of(gradient.Name)).Value.Shape);
            session.Run(
                vjp.Inputs.ToDictionary(i => i.Name, i => cotangents.FirstOrDefault(c => Vjp.Of(c.Key) == i.Name) is { Key: not null } given
                    ? HostTensor.Of(i.Value.Shape, given.Value)
                    : NetworkRunner.Input(i, test, _file)),
                new Dictionary<string, HostTensor> { [Vjp.Of(gradient.Name)] = result },
                CancellationToken.None);

            Agreement.OfGradients(
                output, $"{name} d_{gradient.Name}", result.Floats, _file.Floats(gradient.Value.GetProperty("value").GetString()!));
        }
    }
}
