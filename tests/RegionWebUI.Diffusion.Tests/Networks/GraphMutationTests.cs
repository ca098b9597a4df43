using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>The checker is only worth something if it, or ONNX Runtime behind it, notices a graph that was damaged in one place.</summary>
public class GraphMutationTests(ITestOutputHelper output)
{
    private const int Mutations = 1000;
    private const double LeastCaught = 0.95;

    [Fact]
    public void Check_OneFieldChanged_IsCaughtByTheCheckerOrTheRuntime()
    {
        var file = Fixtures.Open("networks", "networks.json");
        string[] names = ["unet-pocket", "unet-xl", "vae-pocket.encode", "vae-pocket.decode", "text-clip-l"];
        var networks = names
            .Select(name => file.Cases.Single(c => c.GetProperty("name").GetString() == name))
            .Select(test => (Graph: NetworkRunner.Build(test, file), Weights: new CheckpointWeights(NetworkRunner.Weights(test))))
            .ToList();
        var random = new Random(20261124);
        var mutator = new GraphMutator(random);
        var runtime = new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions());
        var (byChecker, byRuntime) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var (graph, weights) = networks[random.Next(networks.Count)];
            var (mutant, what) = mutator.Mutate(graph);
            if (Refuses<GraphException>(() => GraphChecker.Check(mutant)))
            {
                byChecker++;
            }
            else if (Refuses<Exception>(() => runtime.Load(mutant, weights).Dispose()))
            {
                byRuntime++;
            }
            else
            {
                output.WriteLine($"survived: {graph.Name} {what}");
            }
        }

        output.WriteLine($"{byChecker} caught by the checker, {byRuntime} by lowering and ONNX Runtime, of {Mutations}");
        Assert.True(byChecker + byRuntime >= LeastCaught * Mutations, $"only {byChecker + byRuntime} of {Mutations} were caught");
    }

    private static bool Refuses<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (TException)
        {
            return true;
        }
    }
}
