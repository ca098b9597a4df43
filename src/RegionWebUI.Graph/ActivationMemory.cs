using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph;

/// <summary>How much memory the values of a graph take while it runs, known before it is loaded.</summary>
public static class ActivationMemory
{
    /// <summary>
    /// The most memory that values take at any time, in bytes. A value is freed after its last use, an output stays; a reshape takes no memory
    /// of its own. Inputs are the caller's and do not count, nor do weights and what depends on them alone, which runtimes compute once when
    /// they load the graph. What a kernel needs for itself is left out. Nodes run in their own order or depth-first, as ONNX Runtime does,
    /// whichever takes more.
    /// </summary>
    public static long Peak(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var owners = Owners(graph);
        return Math.Max(Peak(graph, graph.Nodes, owners), Peak(graph, DepthFirst(graph), owners));
    }

    /// <summary>Bytes of a tensor.</summary>
    public static long BytesOf(TensorType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var size = type.DType switch
        {
            DType.Float16 => sizeof(short),
            DType.Int64 => sizeof(long),
            _ => sizeof(float),
        };
        return checked(type.Shape.ElementCount * size);
    }

    private static long Peak(Graph graph, IReadOnlyList<Node> nodes, Dictionary<int, Value> owners)
    {
        var lastUse = LastUses(graph, nodes, owners);
        var (held, peak) = (0L, 0L);
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            if (owners.TryGetValue(node.Output.Id, out var owner) && owner == node.Output)
            {
                held += BytesOf(owner.Type);
                peak = Math.Max(peak, held);
            }

            foreach (var spent in node.Inputs.Append(node.Output).Select(v => owners.GetValueOrDefault(v.Id)).OfType<Value>().Distinct())
            {
                if (lastUse[spent.Id] == i)
                {
                    held -= BytesOf(spent.Type);
                }
            }
        }

        return peak;
    }

    /// <summary>The value whose memory each value lies in; the caller's and those that are computed at load are not among them.</summary>
    private static Dictionary<int, Value> Owners(Graph graph)
    {
        var owners = new Dictionary<int, Value>();
        var moving = Reach.From(graph.Nodes, graph.Inputs.Select(i => i.Value));
        foreach (var node in graph.Nodes.Where(n => moving.Contains(n.Output.Id)))
        {
            if (node.Op is not Layout.Reshaped)
            {
                owners.Add(node.Output.Id, node.Output);
            }
            else if (owners.TryGetValue(node.Inputs[0].Id, out var owner))
            {
                owners.Add(node.Output.Id, owner);
            }
        }

        return owners;
    }

    /// <summary>Each node when the outputs want it, of its operands the one that was written last before the others.</summary>
    private static List<Node> DepthFirst(Graph graph)
    {
        var definitions = graph.Nodes.Select((node, index) => (node.Output.Id, index)).ToDictionary();
        var ordered = new List<Node>(graph.Nodes.Length);
        var entered = new HashSet<int>();
        var stack = new Stack<(int Node, bool IsDone)>();
        Push(graph.Outputs.Select(o => o.Value));
        while (stack.TryPop(out var top))
        {
            if (top.IsDone)
            {
                ordered.Add(graph.Nodes[top.Node]);
            }
            else if (entered.Add(top.Node))
            {
                stack.Push((top.Node, true));
                Push(graph.Nodes[top.Node].Inputs);
            }
        }

        return ordered;

        void Push(IEnumerable<Value> values)
        {
            foreach (var node in values.Where(v => definitions.ContainsKey(v.Id)).Select(v => definitions[v.Id]).Order())
            {
                stack.Push((node, false));
            }
        }
    }

    private static Dictionary<int, int> LastUses(Graph graph, IReadOnlyList<Node> nodes, Dictionary<int, Value> owners)
    {
        var lastUse = new Dictionary<int, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var value in nodes[i].Inputs.Append(nodes[i].Output))
            {
                if (owners.TryGetValue(value.Id, out var owner))
                {
                    lastUse[owner.Id] = i;
                }
            }
        }

        foreach (var output in graph.Outputs)
        {
            if (owners.TryGetValue(output.Value.Id, out var owner))
            {
                lastUse[owner.Id] = int.MaxValue;
            }
        }

        return lastUse;
    }
}
