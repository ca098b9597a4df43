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
    private readonly Dictionary<string, long[]> _tables;
    private readonly HashSet<string> _initialisers;
    private readonly HashSet<string> _known;

    private KernelChecker(GraphProto graph, string provider, KernelTable kernels)
    {
        (_graph, _provider, _kernels) = (graph, provider, kernels);
        _types = graph.Input.Select(i => (i.Name, Type(i))).Concat(graph.Initializer.Select(t => (t.Name, Type(t)))).ToDictionary();
        _tables = graph.Initializer
            .Where(t => t.DataType == (int)ElementType.Int64 && t.DataLocation != TensorProto.Types.DataLocation.External)
            .ToDictionary(t => t.Name, t => MemoryMarshal.Cast<byte, long>(t.RawData.Span).ToArray());
        _initialisers = [.. graph.Initializer.Select(t => t.Name)];
        _known = [.. _initialisers];
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
        var initialisersOnly = node.Input.Count > 0 && node.Input.All(i => i.Length == 0 || _known.Contains(i));
        var (kernels, runner) = initialisersOnly ? (KernelTable.Cpu, "The CPU, which folds it,") : (_kernels, _provider);
        var row = kernels.Find(node.Domain, node.OpType) ?? throw Refusal(node, $"{runner} has no kernel for {FullName(node)}");
        if (OpsetVersions.Since(node.Domain, node.OpType) is var since && since != row.Since)
        {
            throw Refusal(node, $"{runner} has {FullName(node)} of version {row.Since}, opset 17 means {since?.ToString() ?? "none"}");
        }

        foreach (var place in row.Initialisers.Where(i => i < node.Input.Count && node.Input[i].Length > 0))
        {
            Require(_initialisers.Contains(node.Input[place]), node, $"{runner} wants '{node.Input[place]}' as an initialiser");
        }

        var view = new NodeView(_graph.Name, node, _types, _tables);
        RequireTypes(node, view, row, runner);
        foreach (var limit in row.Limits)
        {
            Require(limit.Broken(view) is not { } reason, node, $"{runner} {limit.Broken(view)}");
        }

        Define(node, view);
        if (initialisersOnly)
        {
            _known.UnionWith(node.Output);
        }
        else
        {
            // Parameters are read when the session is built and never become tensors of the provider: the shape of a scalar may be empty.
            foreach (var name in node.Input.Where((n, i) => n.Length > 0 && !row.Initialisers.Contains(i)).Concat(node.Output))
            {
                RequireSize(node, name);
            }
        }
    }

    private void RequireTypes(NodeProto node, NodeView view, KernelRow row, string runner)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (view.Has(i))
            {
                var element = view.Type(i).Element.ToString().ToLowerInvariant();
                Require(row.TypesOf(i).Contains(element), node, $"{runner} takes no {element} in '{node.Input[i]}'");
            }
        }

        if (view.Has(0))
        {
            var rank = view.Shape(0).Rank;
            var wanted = row.LeastRank == row.MostRank ? $"{row.LeastRank}" : $"{row.LeastRank} to {row.MostRank}";
            Require(
                rank >= row.LeastRank && rank <= row.MostRank, node, $"{runner} takes {wanted} axes, '{node.Input[0]}' is {view.Shape(0)}");
        }
    }

    private void Define(NodeProto node, NodeView view)
    {
        var results = TypeRules.Infer(node.OpType, view);
        Require(node.Output.Count <= results.Count, node, $"it has {results.Count} outputs, {node.Output.Count} are asked for");
        for (var i = 0; i < node.Output.Count; i++)
        {
            Require(_types.TryAdd(node.Output[i], results[i]), node, $"'{node.Output[i]}' is defined already");
        }
    }

    private void RequireSize(NodeProto node, string name)
    {
        var shape = _types[name].Shape;
        Require(shape.Rank <= _kernels.LargestRank, node, $"{_provider} takes at most {_kernels.LargestRank} axes, '{name}' is {shape}");
        Require(
            shape.Dims.All(d => d >= _kernels.SmallestDim), node, $"{_provider} takes no axis shorter than {_kernels.SmallestDim}, '{name}' is {shape}");
    }

    private void RequireDeclared(ValueInfoProto output)
    {
        if (_types.GetValueOrDefault(output.Name) is var computed && computed != Type(output))
        {
            throw new GraphException($"Graph '{_graph.Name}': the output '{output.Name}' is declared {Type(output)} and computed as {computed}.");
        }
    }

    private void Require(bool met, NodeProto node, string otherwise)
    {
        if (!met)
        {
            throw Refusal(node, otherwise);
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
