namespace RegionWebUI.Graph.Gradients;

/// <summary>A part of a graph as a graph of its own.</summary>
internal static class Excerpt
{
    /// <summary>The part that computes some values from values that are given; what is not given is computed from the graph's own leaves.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="given">The input name of a value that is given, else null.</param>
    /// <param name="wanted">What it returns, and under which names.</param>
    public static Graph Of(Graph graph, string name, Func<Value, string?> given, IReadOnlyList<(string Name, Value Value)> wanted)
    {
        var builder = new GraphBuilder(name);
        var values = new Dictionary<int, Value>();
        var needed = Reach.To(graph.Nodes.Where(n => given(n.Output) is null), wanted.Select(w => w.Value));
        foreach (var input in graph.Inputs.Where(i => needed.Contains(i.Value.Id)))
        {
            values[input.Value.Id] = builder.Input(input.Name, input.Value.Type);
        }

        foreach (var weight in graph.Weights.Where(w => needed.Contains(w.Value.Id)))
        {
            values[weight.Value.Id] = builder.Weight(weight.Name, weight.Value.Shape.Dims.AsSpan());
        }

        foreach (var constant in graph.Constants.Where(c => needed.Contains(c.Value.Id)))
        {
            values[constant.Value.Id] = builder.Constant(constant.Value.Shape, constant.Data);
        }

        foreach (var node in graph.Nodes.Where(n => needed.Contains(n.Output.Id)))
        {
            values[node.Output.Id] = given(node.Output) is { } known
                ? builder.Input(known, node.Output.Type)
                : builder.Apply(node.Op, [.. node.Inputs.Select(i => values[i.Id])]);
        }

        foreach (var (output, value) in wanted)
        {
            builder.Output(output, values[value.Id]);
        }

        return builder.Build();
    }
}
