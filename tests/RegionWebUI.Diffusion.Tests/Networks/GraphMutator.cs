using System.Collections.Immutable;
using System.Reflection;
using RegionWebUI.Graph;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>Changes one field of a graph: of a node, an op, a value, an input, a weight, a constant or an output.</summary>
internal sealed class GraphMutator(Random random)
{
    /// <summary>The changed graph, and what was changed.</summary>
    public (Graph.Graph Graph, string What) Mutate(Graph.Graph graph)
    {
        // Nodes are most of a graph, and most of their fields are worth changing; the rest gets its share.
        switch (random.Next(11))
        {
            case 7:
                var i = random.Next(graph.Inputs.Length);
                var input = graph.Inputs[i];
                return random.Next(3) == 0
                    ? Renamed("input", input.Name, graph, name => graph with { Inputs = graph.Inputs.SetItem(i, input with { Name = name }) })
                    : (graph with { Inputs = graph.Inputs.SetItem(i, input with { Value = MutateValue(input.Value) }) }, "input value");
            case 8:
                var w = random.Next(graph.Weights.Length);
                var weight = graph.Weights[w];
                return random.Next(3) == 0
                    ? Renamed("weight", weight.Name, graph, name => graph with { Weights = graph.Weights.SetItem(w, weight with { Name = name }) })
                    : (graph with { Weights = graph.Weights.SetItem(w, weight with { Value = MutateValue(weight.Value) }) }, "weight value");
            case 9:
                var o = random.Next(graph.Outputs.Length);
                var output = graph.Outputs[o];
                return random.Next(2) == 0
                    ? Renamed("output", output.Name, graph, name => graph with { Outputs = graph.Outputs.SetItem(o, output with { Name = name }) })
                    : (graph with { Outputs = graph.Outputs.SetItem(o, output with { Value = MutateValue(output.Value) }) }, "output value");
            case 10 when graph.Constants.Length > 0:
                var c = random.Next(graph.Constants.Length);
                var (constant, change) = MutateConstant(graph.Constants[c]);
                return (graph with { Constants = graph.Constants.SetItem(c, constant) }, $"constant {c}: {change}");
            default:
                var n = random.Next(graph.Nodes.Length);
                var (node, what) = MutateNode(graph, graph.Nodes[n]);
                return (graph with { Nodes = graph.Nodes.SetItem(n, node) }, $"node {n} {graph.Nodes[n].Op.Name}: {what}");
        }
    }

    /// <summary>No name, the name of something else in the graph, or a name that the checkpoint does not know.</summary>
    private (Graph.Graph Graph, string What) Renamed(string kind, string before, Graph.Graph graph, Func<string, Graph.Graph> rename)
    {
        string[] taken =
        [
            .. graph.Inputs.Select(i => i.Name).Concat(graph.Weights.Select(w => w.Name)).Concat(graph.Outputs.Select(o => o.Name))
                .Where(name => name != before),
        ];
        var after = random.Next(3) switch
        {
            0 => taken[random.Next(taken.Length)],
            1 when kind == "weight" => before + "x",
            _ => "",
        };
        return (rename(after), $"{kind} name '{before}' -> '{after}'");
    }

    private (Constant Constant, string What) MutateConstant(Constant constant) => random.Next(3) switch
    {
        0 => (constant with { Data = constant.Data.RemoveAt(random.Next(constant.Data.Length)) }, "one element left out"),
        1 => (constant with { Data = constant.Data.Add(1) }, "one element more"),
        _ => (constant with { Value = MutateValue(constant.Value) }, "value"),
    };

    private (Node Node, string What) MutateNode(Graph.Graph graph, Node node)
    {
        var operand = random.Next(node.Inputs.Length);
        switch (random.Next(5))
        {
            case 0 when MutateOp(node.Op) is { } changed:
                return (node with { Op = changed.Op }, changed.What);
            case 1:
                return (node with { Inputs = node.Inputs.RemoveAt(operand) }, $"operand {operand} left out");
            case 2:
                var other = graph.Nodes[random.Next(graph.Nodes.Length)].Output;
                other = other == node.Inputs[operand] ? node.Output : other;
                return (node with { Inputs = node.Inputs.SetItem(operand, other) }, $"operand {operand} is {other}");
            case 3:
                return (node with { Inputs = node.Inputs.SetItem(operand, MutateValue(node.Inputs[operand])) }, $"operand {operand} changed");
            default:
                return (node with { Output = MutateValue(node.Output) }, "result changed");
        }
    }

    private Value MutateValue(Value value)
    {
        var shape = value.Shape;
        switch (random.Next(4))
        {
            case 0:
                return value with { Id = value.Id + 1 + random.Next(50) };
            case 1:
                return value with { Type = value.Type with { DType = value.Type.DType == DType.Float32 ? DType.Int64 : DType.Float32 } };
            case 2 when shape.Rank > 0:
                var axis = random.Next(shape.Rank);
                return value with { Type = value.Type with { Shape = shape.With(axis, shape[axis] + random.Next(1, 3)) } };
            default:
                return value with { Type = value.Type with { Shape = new Shape([.. shape.Dims, random.Next(1, 3)]) } };
        }
    }

    private (Op Op, string What)? MutateOp(Op op)
    {
        var attributes = op.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        if (attributes.Count == 0)
        {
            return null;
        }

        var attribute = attributes[random.Next(attributes.Count)];
        var before = attribute.GetValue(op)!;
        object after = before switch
        {
            int number => number + (random.Next(2) == 0 ? 1 : -1),
            float number => (new[] { 0f, -number, float.NaN, number * 3 })[random.Next(4)],
            bool flag => !flag,
            Shape shape => shape.With(random.Next(shape.Rank), 5),
            ImmutableArray<int> order => order.SetItem(0, order[^1]),
            _ => throw new InvalidOperationException($"Attributes of type {before.GetType()} are not known here."),
        };
        var copy = op with { };
        attribute.SetValue(copy, after);
        return (copy, $"{attribute.Name} {before} -> {after}");
    }
}
