namespace RegionWebUI.Graph.Gradients;

/// <summary>Which values of a graph a gradient passes through, and which it takes to compute them.</summary>
internal sealed class GradientPath
{
    private readonly HashSet<int> _needed;
    private readonly HashSet<int> _active;

    /// <param name="graph">The graph.</param>
    /// <param name="sources">What is differentiated by.</param>
    /// <param name="targets">What is differentiated.</param>
    public GradientPath(Graph graph, IEnumerable<Value> sources, IEnumerable<Value> targets)
    {
        var moving = sources.Select(v => v.Id).ToHashSet();
        foreach (var node in graph.Nodes.Where(n => !n.Op.IsPiecewiseConstant && n.Inputs.Any(i => moving.Contains(i.Id))))
        {
            moving.Add(node.Output.Id);
        }

        _needed = [.. targets.Select(v => v.Id)];
        foreach (var node in graph.Nodes.Reverse().Where(n => _needed.Contains(n.Output.Id)))
        {
            _needed.UnionWith(node.Inputs.Select(i => i.Id));
        }

        _active = [.. moving.Intersect(_needed)];
    }

    /// <summary>Whether a value is needed to compute the targets.</summary>
    public bool IsNeeded(Value value) => _needed.Contains(value.Id);

    /// <summary>Whether a value lies between a source and a target.</summary>
    public bool IsActive(Value value) => _active.Contains(value.Id);
}
