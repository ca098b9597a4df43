using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>
/// A gradient that is taken block by block, as one session: same names as the whole gradient's graph. The sessions of the blocks are built
/// when they are due and live in a cache; what passes between blocks is held in managed memory until it is spent.
/// </summary>
/// <param name="plan">The steps.</param>
/// <param name="runtime">Loads the blocks.</param>
/// <param name="weights">Where their weights lie.</param>
/// <param name="cache">Where their sessions live.</param>
/// <param name="key">What this gradient is called in the cache.</param>
public sealed class BlockwiseSession(BlockwiseVjp plan, IGraphRuntime runtime, IWeightSource weights, SessionCache cache, string key)
    : IGraphSession
{
    /// <summary>0: the weights belong to the sessions of the blocks, which the cache counts.</summary>
    public long WeightBytes => 0;

    /// <inheritdoc />
    public void Run(
        IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        if (outputs.Keys.FirstOrDefault(name => !plan.Outputs.Contains(name)) is { } unknown)
        {
            throw new RuntimeFailureException($"The network '{plan.Name}' does not give the tensor '{unknown}'.");
        }

        var held = new Dictionary<string, HostTensor>(inputs);
        var given = new HashSet<string>();
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var step = plan.Steps[i];
            var results = step.Graph.Outputs.ToDictionary(
                o => o.Name,
                o => given.Contains(o.Name) || !outputs.TryGetValue(o.Name, out var wanted) ? HostTensor.Empty(o.Value.Type) : wanted);
            RunStep(i, held, results, cancellationToken);
            foreach (var (name, result) in results)
            {
                Keep(held, given, name, result);
            }

            foreach (var name in step.Spent)
            {
                held.Remove(name);
            }
        }
    }

    /// <summary>Does nothing: the cache owns the sessions of the blocks.</summary>
    public void Dispose()
    {
        // The next run finds them there.
    }

    private static void Keep(Dictionary<string, HostTensor> held, HashSet<string> given, string name, HostTensor result)
    {
        if (given.Add(name))
        {
            held[name] = result;
            return;
        }

        var sum = held[name].Floats;
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += result.Floats[i];
        }
    }

    private void RunStep(int index, Dictionary<string, HostTensor> held, Dictionary<string, HostTensor> results, CancellationToken cancellationToken)
    {
        var graph = plan.Steps[index].Graph;
        var fed = new Dictionary<string, HostTensor>();
        foreach (var input in graph.Inputs)
        {
            fed.Add(input.Name, held.TryGetValue(input.Name, out var tensor) && tensor.Type == input.Value.Type
                ? tensor
                : throw new RuntimeFailureException($"The network '{plan.Name}' wants the tensor '{input.Name}', {input.Value.Type}."));
        }

        cache.Use(
            new SessionKey($"{key}, block step {index}", 1, 0, 0, 0),
            () => runtime.Load(graph, weights, sideBySide: 1, keepsMemory: false),
            session => session.Run(fed, results, cancellationToken),
            graph.Weights.Sum(w => ActivationMemory.BytesOf(w.Value.Type)));
    }
}
