using System.Runtime.InteropServices;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering.Protobuf;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>
/// Holds a lowered graph against a provider's kernel table: every node must have a kernel of the version that opset 17 means, for its
/// element types and ranks, within the kernel's limits. What depends on initialisers only never reaches the provider: ONNX Runtime folds
/// it with the CPU's kernels before it hands out nodes.
/// </summary>
internal sealed class KernelChecker
{
    private readonly GraphProto _graph;
    private readonly string _provider;
    private readonly KernelTable _kernels;
    private readonly Dictionary<string, OnnxType> _types;
    private readonly Dictionary<string, long[]> _tables = [];
    private readonly HashSet<string> _initialisers = [];
    private readonly HashSet<string> _folded = [];

    private KernelChecker(GraphProto graph, string provider, KernelTable kernels)
    {
        (_graph, _provider, _kernels) = (graph, provider, kernels);
        _types = new Dictionary<string, OnnxType>(graph.Input.Count + graph.Initializer.Count + graph.Node.Count);
        foreach (var input in graph.Input)
        {
            _types.Add(input.Name, Type(input));
        }

        foreach (var tensor in graph.Initializer)
        {
            _types.Add(tensor.Name, Type(tensor));
            _initialisers.Add(tensor.Name);
            if (tensor.DataType == (int)ElementType.Int64 && tensor.DataLocation != TensorProto.Types.DataLocation.External)
            {
                _tables.Add(tensor.Name, MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray());
            }
        }
    }

    /// <summary>Checks a graph.</summary>
    /// <param name="graph">The lowered graph; its nodes stand in order of evaluation.</param>
    /// <param name="provider">Name of the provider, for people.</param>
    /// <param name="kernels">What the provider runs.</param>
    /// <returns>The type of every value, by name.</returns>
    /// <exception cref="GraphException">A node cannot run; one sentence names graph, node and value.</exception>
    public static IReadOnlyDictionary<string, OnnxType> Check(GraphProto graph, string provider, KernelTable kernels)
    {
        var checker = new KernelChecker(graph, provider, kernels);
        foreach (var node in graph.Node)
        {
            checker.Check(node);
        }

        foreach (var output in graph.Output)
        {
            checker.RequireDeclared(output);
        }

        return checker._types;
    }

    private void Check(NodeProto node)
    {
        var folds = Folds(node);
        var (kernels, runner) = folds ? (KernelTable.Cpu, "The CPU, which folds it,") : (_kernels, _provider);
        var row = kernels.Find(node.Domain, node.OpType) ?? throw Refusal(node, $"{runner} has no kernel for {FullName(node)}");
        if (OpsetVersions.Since(node.Domain, node.OpType) is var since && since != row.Since)
        {
            throw Refusal(node, $"{runner} has {FullName(node)} of version {row.Since}, opset 17 means {since?.ToString() ?? "none"}");
        }

        var view = new NodeView(_graph.Name, node, _types, _tables);
        RequireInputs(node, view, row, runner);
        foreach (var limit in row.Limits)
        {
            if (limit.Broken(view) is { } reason)
            {
                throw Refusal(node, $"{runner} {reason}");
            }
        }

        Define(node, view);
        if (folds)
        {
            _folded.UnionWith(node.Output);
        }
        else
        {
            RequireSizes(node, row);
        }
    }

    private bool Folds(NodeProto node)
    {
        foreach (var name in node.Input)
        {
            if (name.Length > 0 && !_initialisers.Contains(name) && !_folded.Contains(name))
            {
                return false;
            }
        }

        return node.Input.Count > 0;
    }

    private void RequireInputs(NodeProto node, NodeView view, KernelRow row, string runner)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (!view.Has(i))
            {
                continue;
            }

            if (row.Initialisers.Contains(i) && !_initialisers.Contains(node.Input[i]))
            {
                throw Refusal(node, $"{runner} wants '{node.Input[i]}' as an initialiser");
            }

            if (!row.TypesOf(i).Contains(view.Type(i).Element))
            {
                throw Refusal(node, $"{runner} takes no {view.Type(i).Element} in '{node.Input[i]}'");
            }
        }

        if (view.Has(0) && (view.Shape(0).Rank < row.LeastRank || view.Shape(0).Rank > row.MostRank))
        {
            var wanted = row.LeastRank == row.MostRank ? $"{row.LeastRank}" : $"{row.LeastRank} to {row.MostRank}";
            throw Refusal(node, $"{runner} takes {wanted} axes, '{node.Input[0]}' is {view.Shape(0)}");
        }
    }

    private void Define(NodeProto node, NodeView view)
    {
        var results = TypeRules.Infer(node.OpType, view);
        if (node.Output.Count > results.Count)
        {
            throw Refusal(node, $"{results.Count} of its results are known, {node.Output.Count} are asked for");
        }

        for (var i = 0; i < node.Output.Count; i++)
        {
            if (!_types.TryAdd(node.Output[i], results[i]))
            {
                throw Refusal(node, $"'{node.Output[i]}' is defined already");
            }
        }
    }

    private void RequireSizes(NodeProto node, KernelRow row)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            // Parameters are read when the session is built and never become tensors of the provider: the shape of a scalar may be empty.
            if (node.Input[i].Length > 0 && !row.Initialisers.Contains(i))
            {
                RequireSize(node, node.Input[i]);
            }
        }

        foreach (var name in node.Output)
        {
            RequireSize(node, name);
        }
    }

    private void RequireSize(NodeProto node, string name)
    {
        var shape = _types[name].Shape;
        if (shape.Rank > _kernels.LargestRank)
        {
            throw Refusal(node, $"{_provider} takes at most {_kernels.LargestRank} axes, '{name}' is {shape}");
        }

        foreach (var dim in shape.Dims)
        {
            if (dim < _kernels.SmallestDim)
            {
                throw Refusal(node, $"{_provider} takes no axis shorter than {_kernels.SmallestDim}, '{name}' is {shape}");
            }
        }
    }

    private void RequireDeclared(ValueInfoProto output)
    {
        if (_types.GetValueOrDefault(output.Name) is var computed && computed != Type(output))
        {
            throw new GraphException($"Graph '{_graph.Name}': the output '{output.Name}' is declared {Type(output)} and computed as {computed}.");
        }
    }

    private GraphException Refusal(NodeProto node, string reason) => NodeView.Refusal(_graph.Name, node, reason);

    private static string FullName(NodeProto node) => $"{(node.Domain.Length == 0 ? "ai.onnx" : node.Domain)} {node.OpType}";

    private static OnnxType Type(TensorProto tensor) => new((ElementType)tensor.DataType, new Shape([.. tensor.Dims.Select(d => checked((int)d))]));

    private static OnnxType Type(ValueInfoProto value)
    {
        var tensor = value.Type.TensorType;
        return new OnnxType((ElementType)tensor.ElemType, new Shape([.. tensor.Shape.Dim.Select(d => checked((int)d.DimValue))]));
    }
}
