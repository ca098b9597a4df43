namespace RegionWebUI.Graph;

/// <summary>The grammar of a legal graph, as a table of rules. It runs when a graph is built and after every pass.</summary>
public static class GraphChecker
{
    /// <summary>The rules in the order in which they are tried; later ones may rely on earlier ones.</summary>
    internal static IReadOnlyList<(string Name, Func<Graph, string?> FirstFault)> Rules { get; } =
    [
        ("names are not empty and unique", NamesAreUnique),
        ("shapes are positive", ShapesArePositive),
        ("constants are as long as their shape", ConstantsFit),
        ("every value is defined once", DefinedOnce),
        ("operands are defined before use, with the type they were defined with", OperandsDefined),
        ("results have the type of their op's shape rule", ResultsInferred),
        ("outputs are defined", OutputsDefined),
        ("every value is used", EverythingUsed),
        ("block ends ascend within the nodes", BlockEndsAscend),
    ];

    /// <summary>Refuses a graph that breaks a rule.</summary>
    /// <exception cref="GraphException">Names the graph, the rule and the first fault.</exception>
    public static void Check(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (var (rule, firstFault) in Rules)
        {
            if (firstFault(graph) is { } fault)
            {
                throw new GraphException($"Graph '{graph.Name}' breaks the rule '{rule}': {fault}.");
            }
        }
    }

    private static string? NamesAreUnique(Graph graph)
    {
        var seen = new HashSet<string>();
        var names = graph.Inputs.Select(i => i.Name).Concat(graph.Weights.Select(w => w.Name)).Concat(graph.Outputs.Select(o => o.Name));
        foreach (var name in names)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                return "an input, weight or output has no name";
            }

            if (!seen.Add(name))
            {
                return $"the name '{name}' is given twice";
            }
        }

        return null;
    }

    private static string? ShapesArePositive(Graph graph)
    {
        var value = Definitions(graph).FirstOrDefault(v => v.Shape.Dims.Any(d => d < 1) || !Enum.IsDefined(v.Type.DType));
        return value is null ? null : $"{value} has a dimension below 1 or an unknown element type";
    }

    private static string? ConstantsFit(Graph graph)
    {
        var constant = graph.Constants.FirstOrDefault(c => c.Value.Shape.ElementCount != c.Data.Length || c.Value.Type.DType != DType.Float32);
        return constant is null ? null : $"{constant.Value} holds {constant.Data.Length} float elements";
    }

    private static string? DefinedOnce(Graph graph)
    {
        var seen = new HashSet<int>(Count(graph));
        var twice = Definitions(graph).FirstOrDefault(v => !seen.Add(v.Id));
        return twice is null ? null : $"{twice} is defined twice";
    }

    private static string? OperandsDefined(Graph graph)
    {
        var defined = new Dictionary<int, Value>(Count(graph));
        foreach (var value in Leaves(graph))
        {
            defined.Add(value.Id, value);
        }

        foreach (var node in graph.Nodes)
        {
            foreach (var operand in node.Inputs)
            {
                if (!defined.TryGetValue(operand.Id, out var definition))
                {
                    return $"{node} uses {operand} before it is defined";
                }

                if (definition.Type != operand.Type)
                {
                    return $"{node} uses {operand}, which was defined as {definition}";
                }
            }

            defined.Add(node.Output.Id, node.Output);
        }

        return null;
    }

    private static string? ResultsInferred(Graph graph)
    {
        var operands = new List<TensorType>();
        foreach (var node in graph.Nodes)
        {
            try
            {
                operands.Clear();
                foreach (var input in node.Inputs)
                {
                    operands.Add(input.Type);
                }

                var inferred = node.Op.Infer(operands);
                if (inferred != node.Output.Type)
                {
                    return $"{node} should give {inferred}";
                }
            }
            catch (GraphException e)
            {
                return $"{node}: {e.Message}";
            }
        }

        return null;
    }

    private static string? OutputsDefined(Graph graph)
    {
        if (graph.Outputs.IsEmpty)
        {
            return "there is no output";
        }

        var returned = graph.Outputs.Select(o => o.Value.Id).ToHashSet();
        var defined = Definitions(graph).Where(v => returned.Contains(v.Id)).ToHashSet();
        var output = graph.Outputs.FirstOrDefault(o => !defined.Contains(o.Value));
        return output is null ? null : $"output '{output.Name}' returns {output.Value}, which is not defined";
    }

    private static string? EverythingUsed(Graph graph)
    {
        var used = new HashSet<int>(Count(graph));
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                used.Add(input.Id);
            }
        }

        used.UnionWith(graph.Outputs.Select(o => o.Value.Id));
        var unused = Definitions(graph).FirstOrDefault(v => !used.Contains(v.Id));
        return unused is null ? null : $"{unused} is never used";
    }

    private static string? BlockEndsAscend(Graph graph)
    {
        var before = 0;
        foreach (var end in graph.BlockEnds)
        {
            if (end <= before || end > graph.Nodes.Length)
            {
                return $"a block ends after {end} of {graph.Nodes.Length} nodes, the one before it after {before}";
            }

            before = end;
        }

        return null;
    }

    private static int Count(Graph graph) => graph.Inputs.Length + graph.Weights.Length + graph.Constants.Length + graph.Nodes.Length;

    private static IEnumerable<Value> Definitions(Graph graph) => Leaves(graph).Concat(graph.Nodes.Select(n => n.Output));

    private static IEnumerable<Value> Leaves(Graph graph) =>
        graph.Inputs.Select(i => i.Value).Concat(graph.Weights.Select(w => w.Value)).Concat(graph.Constants.Select(c => c.Value));
}
