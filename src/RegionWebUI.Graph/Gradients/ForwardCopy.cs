namespace RegionWebUI.Graph.Gradients;

/// <summary>The forward half of a gradient's graph: what the targets need, with attention written out where a gradient passes through it.</summary>
internal sealed class ForwardCopy
{
    private readonly Dictionary<int, Value> _values = [];
    private readonly HashSet<int> _active = [];
    private readonly GraphBuilder _builder;

    /// <param name="graph">The graph to copy from.</param>
    /// <param name="builder">The graph to copy to.</param>
    /// <param name="path">What is needed, and what is active.</param>
    public ForwardCopy(Graph graph, GraphBuilder builder, GradientPath path)
    {
        _builder = builder;
        foreach (var input in graph.Inputs.Where(i => path.IsNeeded(i.Value)))
        {
            Bind(input.Value, builder.Input(input.Name, input.Value.Type), path);
        }

        foreach (var weight in graph.Weights.Where(w => path.IsNeeded(w.Value)))
        {
            Bind(weight.Value, builder.Weight(weight.Name, weight.Value.Shape.Dims.AsSpan()), path);
        }

        foreach (var constant in graph.Constants.Where(c => path.IsNeeded(c.Value)))
        {
            Bind(constant.Value, builder.Constant(constant.Value.Shape, constant.Data), path);
        }

        foreach (var node in graph.Nodes.Where(n => path.IsNeeded(n.Output)))
        {
            Copy(node, path);
        }
    }

    /// <summary>Nodes that a gradient passes through, in order of evaluation.</summary>
    public IReadOnlyList<Node> ActiveNodes => _builder.Nodes.Where(n => _active.Contains(n.Output.Id)).ToList();

    /// <summary>The copy of a value.</summary>
    public Value this[Value value] => _values[value.Id];

    /// <summary>Whether a gradient passes through a copied value.</summary>
    public bool IsActive(Value copy) => _active.Contains(copy.Id);

    private void Copy(Node node, GradientPath path)
    {
        var operands = node.Inputs.Select(i => this[i]).ToArray();
        if (!path.IsActive(node.Output))
        {
            _values[node.Output.Id] = _builder.Apply(node.Op, operands);
            return;
        }

        var first = _builder.Nodes.Count;
        _values[node.Output.Id] = node.Op is Ops.Attention.MultiHead attention
            ? ExplicitAttention.Write(_builder, attention, operands[0], operands[1], operands[2])
            : _builder.Apply(node.Op, operands);
        foreach (var written in _builder.Nodes.Skip(first).Where(n => n.Inputs.Any(i => _active.Contains(i.Id))))
        {
            _active.Add(written.Output.Id);
        }
    }

    private void Bind(Value original, Value copy, GradientPath path)
    {
        _values[original.Id] = copy;
        if (path.IsActive(original))
        {
            _active.Add(copy.Id);
        }
    }
}
