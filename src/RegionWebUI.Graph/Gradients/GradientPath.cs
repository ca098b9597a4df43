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
        _needed = Reach.To(graph.Nodes, targets);
        _active = [.. Reach.From(graph.Nodes.Where(n => !n.Op.IsPiecewiseConstant), sources).Intersect(_needed)];
    }

    /// <summary>Whether a value is needed to compute the targets.</summary>
    public bool IsNeeded(Value value) => _needed.Contains(value.Id);

    /// <summary>Whether a value lies between a source and a target.</summary>
    public bool IsActive(Value value) => _active.Contains(value.Id);
}
