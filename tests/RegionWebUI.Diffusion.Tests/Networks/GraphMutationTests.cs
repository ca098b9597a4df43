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
            if (Refuses(() => GraphChecker.Check(mutant), e => e is GraphException))
            {
                byChecker++;
            }
            else if (Refuses(
                () => runtime.Load(mutant, weights).Dispose(), e => e is GraphException or WeightException or RuntimeFailureException))
            {
                byRuntime++;
            }
            else
            {
                output.WriteLine($"survived: {graph.Name} {what}");
            }
        }

        output.WriteLine(
            $"{byChecker} of {Mutations} caught by the checker ({100.0 * byChecker / Mutations:f1} %), "
            + $"{byRuntime} by lowering and ONNX Runtime behind it ({100.0 * byRuntime / Mutations:f1} %)");
        Assert.True(byChecker + byRuntime >= LeastCaught * Mutations, $"only {byChecker + byRuntime} of {Mutations} were caught");
    }

    /// <summary>Whether the graph is refused in the terms a user is told; any other exception is a crash and fails the test.</summary>
    private static bool Refuses(Action action, Func<Exception, bool> isRefusal)
    {
        try
        {
            action();
            return false;
        }
        catch (Exception e) when (isRefusal(e))
        {
            return true;
        }
    }
}
