using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering.Protobuf;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>An ONNX node with the types of its inputs and the numbers of its tables.</summary>
/// <param name="graph">Name of the graph it stands in.</param>
/// <param name="node">The node.</param>
/// <param name="types">Types of all values before it, by name.</param>
/// <param name="tables">Int64 initialisers, by name.</param>
internal sealed class NodeView(
    string graph, NodeProto node, IReadOnlyDictionary<string, OnnxType> types, IReadOnlyDictionary<string, long[]> tables)
{
    /// <summary>Number of inputs, those left out in the middle among them.</summary>
    public int InputCount => node.Input.Count;

    /// <summary>Number of results asked for.</summary>
    public int OutputCount => node.Output.Count;

    /// <summary>Whether an input is given.</summary>
    public bool Has(int input) => input < node.Input.Count && node.Input[input].Length > 0;

    /// <summary>Name of an input.</summary>
    public string InputName(int input) => node.Input[input];

    /// <summary>Type of an input.</summary>
    /// <exception cref="GraphException">It is not given, or nothing defines it.</exception>
    public OnnxType Type(int input) => Has(input) && types.TryGetValue(node.Input[input], out var type)
        ? type
        : throw Refusal(Has(input) ? $"nothing before it defines its input '{node.Input[input]}'" : $"its input {input} is missing");

    /// <summary>Shape of an input.</summary>
    public Shape Shape(int input) => Type(input).Shape;

    /// <summary>Numbers of an input that is a table.</summary>
    /// <exception cref="GraphException">It is computed.</exception>
    public long[] Longs(int input) => Has(input) && tables.TryGetValue(node.Input[input], out var numbers)
        ? numbers
        : throw Refusal($"its input {input} must be a table of whole numbers");

    /// <summary>An attribute; null when it is not given.</summary>
    public AttributeProto? Attribute(string name)
    {
        foreach (var attribute in node.Attribute)
        {
            if (attribute.Name == name)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>An integer attribute.</summary>
    public long Int(string name, long otherwise) => Attribute(name)?.I ?? otherwise;

    /// <summary>An attribute of several integers; null when it is not given.</summary>
    public int[]? Ints(string name) => Attribute(name)?.Ints.Select(i => (int)i).ToArray();

    /// <summary>What is thrown when the node cannot be.</summary>
    public GraphException Refusal(string reason) => Refusal(graph, node, reason);

    /// <summary>The same for a node that could not be looked at yet.</summary>
    public static GraphException Refusal(string graph, NodeProto node, string reason) =>
        new($"Graph '{graph}', node '{node.Name}' ({node.OpType}): {reason}.");
}
