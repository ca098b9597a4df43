using System.Runtime.InteropServices;
using Google.Protobuf;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Protobuf;

namespace RegionWebUI.TestKit.DirectMl;

/// <summary>A node that is being replaced, and the place where its replacement is written.</summary>
internal sealed class FusedNode(GraphProto graph, NodeProto node, IReadOnlyDictionary<string, OnnxType> types)
{
    private int _next;

    public string Op => node.OpType;

    public bool Has(int input) => input < node.Input.Count && node.Input[input].Length > 0;

    public string Input(int input) => node.Input[input];

    public Shape Shape(int input) => types[node.Input[input]].Shape;

    public long Int(string name, long otherwise) => node.Attribute.FirstOrDefault(a => a.Name == name)?.I ?? otherwise;

    public float Float(string name, float otherwise) => node.Attribute.FirstOrDefault(a => a.Name == name)?.F ?? otherwise;

    /// <summary>Writes a standard node and gives the name of its result.</summary>
    public string Emit(string op, params string[] inputs) => Emit(op, inputs, []);

    /// <summary>Writes a standard node and gives the name of its result.</summary>
    public string Emit(string op, string[] inputs, params AttributeProto[] attributes)
    {
        var written = new NodeProto { OpType = op, Name = Fresh() };
        written.Input.AddRange(inputs);
        written.Output.Add(written.Name);
        written.Attribute.AddRange(attributes);
        graph.Node.Add(written);
        return written.Name;
    }

    /// <summary>A scalar.</summary>
    public string Number(float value) => Table(ElementType.Float, [], MemoryMarshal.AsBytes<float>([value]));

    /// <summary>A table of whole numbers.</summary>
    public string Longs(params long[] values) => Table(ElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    private string Table(ElementType type, long[] dims, ReadOnlySpan<byte> bytes)
    {
        var tensor = new TensorProto { Name = Fresh(), DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(dims);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Fresh() => $"{node.Name}/{_next++}";
}
