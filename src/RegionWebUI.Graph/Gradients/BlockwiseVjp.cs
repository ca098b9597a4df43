using System.Collections.Immutable;

namespace RegionWebUI.Graph.Gradients;

/// <summary>
/// Values and gradients of a graph as <see cref="Vjp"/> has them, taken block by block between the places that the graph marks as block ends:
/// first forward, keeping only what passes from block to block, then backward, each block computing its own values once more. It needs the
/// memory of one block and of what passes between them, and one more forward pass: Chen et al. (2016), Algorithm 1.
/// Each step is a graph of its own, for a session of its own: in one graph a runtime merges what is computed twice.
/// </summary>
public sealed class BlockwiseVjp
{
    private readonly BlockCut _cut;
    private readonly bool _isLoss;
    private readonly HashSet<string> _cotangents;

    private BlockwiseVjp(Graph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt, bool isLoss)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(wrt);
        var returned = outputs.Select(name => Vjp.Output(graph, name)).ToList();
        Name = $"{graph.Name}-blocks";
        _isLoss = isLoss;
        _cut = new BlockCut(graph, returned, [.. wrt.Select(name => Vjp.Input(graph, name))]);
        _cotangents = [.. outputs];
        Outputs = [.. outputs, .. wrt.Select(Vjp.Of)];
        var backward = Backward();
        if (wrt.FirstOrDefault(name => !_cotangents.Contains(name)) is { } source)
        {
            throw Vjp.Unrelated(graph, source, outputs);
        }

        Steps = WithSpent([.. Forward(backward), .. backward.Reverse().OfType<Graph>()]);
        PeakBytes = Peak();
    }

    /// <summary>Name of the network, for logs.</summary>
    public string Name { get; }

    /// <summary>Names of what the steps give in the end: the outputs, and <c>d_INPUT</c> for each input asked for.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Graphs to run one after the other.</summary>
    public ImmutableArray<BlockStep> Steps { get; }

    /// <summary>
    /// The most memory that values take at any time, in bytes: those kept between the steps and those inside a step
    /// (<see cref="ActivationMemory"/>). What the caller gives and the weights do not count.
    /// </summary>
    public long PeakBytes { get; }

    /// <summary>The steps for some outputs and their gradients; names and cotangents as in <see cref="Vjp.Differentiate"/>.</summary>
    /// <param name="graph">A legal graph; without any block end it is one block.</param>
    /// <param name="outputs">Names of float32 outputs.</param>
    /// <param name="wrt">Names of float32 inputs.</param>
    /// <exception cref="GraphException">As <see cref="Vjp.Differentiate"/>.</exception>
    public static BlockwiseVjp Differentiate(Graph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt) =>
        new(graph, outputs, wrt, isLoss: false);

    /// <summary>The steps for a loss and its gradients; names as in <see cref="Vjp.OfLoss"/>.</summary>
    /// <param name="graph">A legal graph; without any block end it is one block.</param>
    /// <param name="loss">Name of an output of one element.</param>
    /// <param name="wrt">Names of float32 inputs.</param>
    /// <exception cref="GraphException">As <see cref="Vjp.OfLoss"/>.</exception>
    public static BlockwiseVjp OfLoss(Graph graph, string loss, IReadOnlyList<string> wrt)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Vjp.RequireScalar(Vjp.Output(graph, loss));
        return new BlockwiseVjp(graph, [loss], wrt, isLoss: true);
    }

    /// <summary>The gradient of each block, from the last to the first; null where none passes.</summary>
    private Graph?[] Backward()
    {
        var backward = new Graph?[_cut.Count];
        for (var block = _cut.Count - 1; block >= 0; block--)
        {
            backward[block] = Backward(block, _ => false);
            foreach (var gradient in backward[block]?.Outputs ?? [])
            {
                _cotangents.UnionWith(_cut.ActiveNames.Where(name => Vjp.Of(name) == gradient.Name));
            }
        }

        return backward;
    }

    private Graph? Backward(int block, Func<string, bool> isReturned)
    {
        var name = $"{Name}-backward-{block}";
        var targets = _cut.Results(block).Where(r => _cut.IsActive(r.Value) && _cotangents.Contains(r.Name)).ToList();
        if (targets.Count == 0)
        {
            return null;
        }

        var part = _cut.Part(block, name, targets);
        string[] names = [.. targets.Select(t => t.Name)];
        string[] sources = [.. part.Inputs.Select(i => i.Name).Where(_cut.ActiveNames.Contains)];
        return Vjp.Partial(part, names, sources, _isLoss && names.SequenceEqual(Outputs.Take(1)), [.. names.Where(isReturned)]);
    }

    /// <summary>The forward steps that are needed; the last block with a gradient gives its values along with it.</summary>
    private Stack<Graph> Forward(Graph?[] backward)
    {
        var forward = new Stack<Graph>();
        var needed = Outputs.Concat(backward.OfType<Graph>().SelectMany(g => g.Inputs.Select(i => i.Name))).ToHashSet();
        var last = Array.FindLastIndex(backward, g => g is not null);
        for (var block = _cut.Count - 1; block >= 0; block--)
        {
            var results = _cut.Results(block).Where(r => needed.Contains(r.Name)).ToList();
            if (block == last && results.TrueForAll(r => _cut.IsActive(r.Value) && Outputs.Contains(r.Name)))
            {
                backward[block] = Backward(block, _ => true);
                needed.UnionWith(backward[block]!.Inputs.Select(i => i.Name));
            }
            else if (results.Count > 0)
            {
                var part = _cut.Part(block, $"{Name}-forward-{block}", results);
                needed.UnionWith(part.Inputs.Select(i => i.Name));
                forward.Push(part);
            }
        }

        return forward;
    }

    private ImmutableArray<BlockStep> WithSpent(IReadOnlyList<Graph> graphs)
    {
        var seen = Outputs.ToHashSet();
        var made = graphs.SelectMany(g => g.Outputs.Select(o => o.Name)).ToHashSet();
        var steps = new Stack<BlockStep>();
        foreach (var graph in graphs.Reverse())
        {
            var names = graph.Inputs.Select(i => i.Name).Concat(graph.Outputs.Select(o => o.Name));
            steps.Push(new BlockStep(graph, [.. names.Where(name => made.Contains(name) && seen.Add(name))]));
        }

        return [.. steps];
    }

    private long Peak()
    {
        var kept = new Dictionary<string, long>();
        var peak = 0L;
        foreach (var step in Steps)
        {
            peak = Math.Max(peak, kept.Values.Sum() + ActivationMemory.Peak(step.Graph));
            foreach (var output in step.Graph.Outputs)
            {
                kept[output.Name] = ActivationMemory.BytesOf(output.Value.Type);
            }

            foreach (var name in step.Spent)
            {
                kept.Remove(name);
            }
        }

        return peak;
    }
}
