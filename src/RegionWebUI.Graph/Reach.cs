namespace RegionWebUI.Graph;

/// <summary>Which values of a graph hang on which, as ids.</summary>
internal static class Reach
{
    /// <summary>Some values and all that is computed with them.</summary>
    /// <param name="nodes">Nodes in order of evaluation; through others nothing passes.</param>
    /// <param name="sources">The values.</param>
    public static HashSet<int> From(IEnumerable<Node> nodes, IEnumerable<Value> sources)
    {
        var reached = sources.Select(v => v.Id).ToHashSet();
        foreach (var node in nodes.Where(n => n.Inputs.Any(i => reached.Contains(i.Id))))
        {
            reached.Add(node.Output.Id);
        }

        return reached;
    }

    /// <summary>Some values and all that it takes to compute them.</summary>
    /// <param name="nodes">Nodes in order of evaluation; what others compute is taken as given.</param>
    /// <param name="targets">The values.</param>
    public static HashSet<int> To(IEnumerable<Node> nodes, IEnumerable<Value> targets)
    {
        var needed = targets.Select(v => v.Id).ToHashSet();
        foreach (var node in nodes.Reverse().Where(n => needed.Contains(n.Output.Id)))
        {
            needed.UnionWith(node.Inputs.Select(i => i.Id));
        }

        return needed;
    }
}
