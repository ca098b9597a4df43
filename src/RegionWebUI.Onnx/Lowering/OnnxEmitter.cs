using System.Runtime.InteropServices;
using Google.Protobuf;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering.Protobuf;

namespace RegionWebUI.Onnx.Lowering;

/// <summary>Writes ONNX nodes and tables; lowering rules speak to nothing else.</summary>
internal sealed class OnnxEmitter(GraphProto graph)
{
    /// <summary>Domain of ONNX Runtime's own ops.</summary>
    public const string Contrib = "com.microsoft";

    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<(ElementType Type, string Dims, ByteString Content), string> _tables = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _once = [];
    private int _next;

    /// <summary>ONNX name of a graph value.</summary>
    public string Name(Value value) => _names[value.Id];

    /// <summary>Declares under which name a graph value goes.</summary>
    public void Bind(Value value, string name) => _names[value.Id] = name;

    /// <summary>A name that no other value has.</summary>
    public string Fresh(string hint) => $"{hint}_{_next++}";

    /// <summary>Emits a node of the standard domain and gives the name of its result.</summary>
    public string Emit(string op, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) => Emit("", op, inputs, attributes);

    /// <summary>Emits a node and gives the name of its result.</summary>
    public string Emit(string domain, string op, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Emit(1, domain, op, inputs, attributes)[0];

    /// <summary>Emits a node of the standard domain and gives the names of its results.</summary>
    public IReadOnlyList<string> Emit(int results, string op, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Emit(results, "", op, inputs, attributes);

    /// <summary>What several rules share: emitted for the first that asks.</summary>
    /// <param name="key">Says what it is.</param>
    /// <param name="emit">Emits it and gives the names of its results.</param>
    public IReadOnlyList<string> Once(string key, Func<IReadOnlyList<string>> emit)
    {
        if (!_once.TryGetValue(key, out var known))
        {
            _once.Add(key, known = emit());
        }

        return known;
    }

    /// <summary>Name of an int64 table; equal tables are written once.</summary>
    public string Longs(params ReadOnlySpan<long> values) => Table(ElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values));

    /// <summary>Name of an int64 table with the dimensions of a shape.</summary>
    public string Dims(Shape shape) => Longs([.. shape.Dims.Select(d => (long)d)]);

    /// <summary>Name of a float32 table; equal tables are written once.</summary>
    public string Floats(Shape shape, ReadOnlySpan<float> values) =>
        Table(ElementType.Float, [.. shape.Dims.Select(d => (long)d)], MemoryMarshal.AsBytes(values));

    private List<string> Emit(int results, string domain, string op, IEnumerable<string> inputs, IEnumerable<AttributeProto> attributes)
    {
        var names = Enumerable.Range(0, results).Select(_ => Fresh(op)).ToList();
        var node = new NodeProto { OpType = op, Domain = domain, Name = names[0] };
        node.Input.AddRange(inputs);
        node.Output.AddRange(names);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
        return names;
    }

    private string Table(ElementType type, long[] dims, ReadOnlySpan<byte> bytes)
    {
        (ElementType Type, string Dims, ByteString Content) key = (type, string.Join(',', dims), ByteString.CopyFrom(bytes));
        if (_tables.TryGetValue(key, out var known))
        {
            return known;
        }

        var name = Fresh("table");
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = key.Content };
        tensor.Dims.AddRange(dims);
        graph.Initializer.Add(tensor);
        _tables.Add(key, name);
        return name;
    }
}
