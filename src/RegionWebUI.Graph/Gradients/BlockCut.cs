namespace RegionWebUI.Graph.Gradients;

/// <summary>
/// A graph cut into blocks at its block ends. Values that depend on weights alone belong to no block: whoever uses them computes them.
/// Neighbouring blocks that no gradient passes through are one block.
/// </summary>
internal sealed class BlockCut
{
    private readonly Graph _graph;
    private readonly GradientPath _path;
    private readonly Dictionary<int, int> _blockOf = [];
    private readonly List<List<(string Name, Value Value)>> _results = [];

    /// <param name="graph">The graph.</param>
    /// <param name="outputs">What is returned of it.</param>
    /// <param name="wrt">What is differentiated by.</param>
    public BlockCut(Graph graph, IReadOnlyList<GraphOutput> outputs, IReadOnlyList<GraphInput> wrt)
    {
        _graph = graph;
        _path = new GradientPath(graph, wrt.Select(i => i.Value), outputs.Select(o => o.Value));
        Divide(Reach.From(graph.Nodes, graph.Inputs.Select(i => i.Value)));
        ActiveNames = wrt.Select(i => i.Name).Concat(graph.Nodes.Where(n => _path.IsActive(n.Output)).Select(n => Crossing(n.Output))).ToHashSet();
        FindResults(outputs);
    }

    /// <summary>Number of blocks.</summary>
    public int Count => _results.Count;

    /// <summary>Names of values that a gradient passes through.</summary>
    public IReadOnlySet<string> ActiveNames { get; }

    /// <summary>What a block gives: outputs by their own names, and values that later blocks use.</summary>
    public IReadOnlyList<(string Name, Value Value)> Results(int block) => _results[block];

    /// <summary>Whether a gradient passes through a value.</summary>
    public bool IsActive(Value value) => _path.IsActive(value);

    /// <summary>The part of a block that computes some of its results from the graph's inputs and the results of earlier blocks.</summary>
    public Graph Part(int block, string name, IReadOnlyList<(string Name, Value Value)> results) =>
        Excerpt.Of(_graph, name, value => Block(value) < block ? Crossing(value) : null, results);

    private static string Crossing(Value value) => $"%{value.Id}";

    /// <summary>The block that a value is computed in; <see cref="int.MaxValue"/> for leaves and what depends on weights alone.</summary>
    private int Block(Value value) => _blockOf.GetValueOrDefault(value.Id, int.MaxValue);

    private void Divide(HashSet<int> moving)
    {
        var (start, lastIsActive) = (0, true);
        foreach (var end in _graph.BlockEnds.Append(_graph.Nodes.Length).Distinct())
        {
            var nodes = _graph.Nodes[start..end];
            var isActive = nodes.Any(n => _path.IsActive(n.Output));
            if (isActive || lastIsActive)
            {
                _results.Add([]);
            }

            foreach (var node in nodes.Where(n => moving.Contains(n.Output.Id)))
            {
                _blockOf.Add(node.Output.Id, _results.Count - 1);
            }

            (start, lastIsActive) = (end, isActive);
        }
    }

    private void FindResults(IReadOnlyList<GraphOutput> outputs)
    {
        foreach (var output in outputs)
        {
            var block = Block(output.Value);
            _results[block < Count ? block : Count - 1].Add((output.Name, output.Value));
        }

        var crossing = new HashSet<int>();
        foreach (var node in _graph.Nodes.Where(n => _path.IsNeeded(n.Output)))
        {
            foreach (var operand in node.Inputs.Where(i => Block(i) < Block(node.Output) && crossing.Add(i.Id)))
            {
                _results[Block(operand)].Add((Crossing(operand), operand));
            }
        }
    }
}
