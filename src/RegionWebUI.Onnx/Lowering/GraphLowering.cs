using System.Collections.Immutable;
using Google.Protobuf;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering.Checks;
using RegionWebUI.Onnx.Lowering.Protobuf;
using RegionWebUI.Onnx.Runtime;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering;

/// <summary>Writes a graph as an ONNX model of opset 17 whose weights stay in the checkpoint's files.</summary>
internal static class GraphLowering
{
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;

    /// <summary>Lowers a graph for a provider.</summary>
    /// <exception cref="GraphException">An op has no rule, or a rule emitted a node that no kernel of the provider can run.</exception>
    /// <exception cref="WeightException">A weight is missing or of another size than the network wants.</exception>
    public static OnnxModel Lower(Graph.Graph graph, IWeightSource weights, IProvider provider)
    {
        GraphChecker.Check(graph);
        var onnx = new GraphProto { Name = graph.Name };
        var emitter = new OnnxEmitter(onnx);
        foreach (var input in graph.Inputs)
        {
            emitter.Bind(input.Value, input.Name);
            onnx.Input.Add(Info(input.Name, input.Value.Type));
        }

        var stored = graph.Weights.Select(w => (Weight: w, Stored: Fitting(w, weights.Find(w.Name)))).ToList();
        var files = stored.Select(s => s.Stored.File).Distinct().ToList();
        var folder = CommonFolder(files);
        var relative = files.ToDictionary(file => file, file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
        foreach (var (weight, location) in stored)
        {
            onnx.Initializer.Add(External(weight, location, relative[location.File]));
            emitter.Bind(weight.Value, location.DType == StoredDType.Float32
                ? weight.Name
                : emitter.Emit("Cast", [weight.Name], Int("to", (long)ElementType.Float)));
        }

        foreach (var constant in graph.Constants)
        {
            emitter.Bind(constant.Value, emitter.Floats(constant.Value.Shape, constant.Data.AsSpan()));
        }

        foreach (var node in graph.Nodes)
        {
            emitter.Bind(node.Output, Rule(provider, node).Lower(emitter, node));
        }

        foreach (var output in graph.Outputs)
        {
            Return(onnx, emitter, output);
            onnx.Output.Add(Info(output.Name, output.Value.Type));
        }

        RequireTypes(graph, emitter, KernelChecker.Check(onnx, provider.Name, provider.Kernels));
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "RegionWebUI", Graph = onnx };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OpsetVersion });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = OnnxEmitter.Contrib, Version = 1 });
        return new OnnxModel(
            model.ToByteArray(), folder, stored.Sum(s => s.Stored.ByteLength), stored.Sum(s => s.Stored.ElementCount * sizeof(float)));
    }

    private static LoweringRule Rule(IProvider provider, Node node) => provider.Rules.TryGetValue(node.Op.GetType(), out var rule)
        ? rule
        : throw new GraphException($"{provider.Name} has no lowering for {node.Op.Name}.");

    /// <summary>What was written for a node must be of the type that the node has.</summary>
    private static void RequireTypes(Graph.Graph graph, OnnxEmitter emitter, IReadOnlyDictionary<string, OnnxType> types)
    {
        foreach (var node in graph.Nodes)
        {
            var (name, wanted) = (emitter.Name(node.Output), node.Output.Type);
            if (types[name] != new OnnxType(Onnx(wanted.DType), wanted.Shape))
            {
                throw new GraphException($"Graph '{graph.Name}': {node} was lowered to '{name}', which is {types[name]}.");
            }
        }
    }

    private static StoredWeight Fitting(Weight weight, StoredWeight stored) => Fits(stored.Shape, weight.Value.Shape)
        ? stored
        : throw new WeightException(
            $"The weight '{weight.Name}' is [{string.Join(", ", stored.Shape)}], the network wants {weight.Value.Shape}.");

    /// <summary>Dimensions of 1 do not count: a 1x1 convolution of the file may be a dense layer of the network, and the other way round.</summary>
    private static bool Fits(ImmutableArray<long> stored, Shape wanted)
    {
        var next = 0;
        foreach (var dim in wanted.Dims)
        {
            if (dim == 1)
            {
                continue;
            }

            while (next < stored.Length && stored[next] == 1)
            {
                next++;
            }

            if (next == stored.Length || stored[next++] != dim)
            {
                return false;
            }
        }

        return stored.AsSpan()[next..].TrimStart(1L).IsEmpty;
    }

    private static TensorProto External(Weight weight, StoredWeight stored, string file)
    {
        var tensor = new TensorProto
        {
            Name = weight.Name,
            DataLocation = TensorProto.Types.DataLocation.External,
            DataType = (int)(stored.DType switch
            {
                StoredDType.Float16 => ElementType.Float16,
                StoredDType.BFloat16 => ElementType.BFloat16,
                _ => ElementType.Float,
            }),
        };
        foreach (var dim in weight.Value.Shape.Dims)
        {
            tensor.Dims.Add(dim);
        }

        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{stored.Offset}" });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{stored.ByteLength}" });
        return tensor;
    }

    private static string CommonFolder(IEnumerable<string> files)
    {
        string? common = null;
        foreach (var folder in files.Select(f => Path.GetDirectoryName(f)!).Distinct())
        {
            common ??= folder;
            while (folder != common && !folder.StartsWith(WithSeparator(common), StringComparison.Ordinal))
            {
                common = Path.GetDirectoryName(common)
                    ?? throw new WeightException($"The weights lie on more than one drive ({folder}); put the files of one model on one drive.");
            }
        }

        return common ?? "";
    }

    private static string WithSeparator(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    /// <summary>Returns a value under the name of an output; ONNX Runtime folds the copy away.</summary>
    private static void Return(GraphProto onnx, OnnxEmitter emitter, GraphOutput output)
    {
        var copy = new NodeProto { OpType = "Identity", Name = output.Name };
        copy.Input.Add(emitter.Name(output.Value));
        copy.Output.Add(output.Name);
        onnx.Node.Add(copy);
    }

    private static ValueInfoProto Info(string name, TensorType type)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)Onnx(type.DType), Shape = new TensorShapeProto() };
        tensor.Shape.Dim.AddRange(type.Shape.Dims.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static ElementType Onnx(DType dtype) => dtype switch
    {
        DType.Float32 => ElementType.Float,
        DType.Float16 => ElementType.Float16,
        DType.Int64 => ElementType.Int64,
        _ => throw new GraphException($"{dtype} has no ONNX element type."),
    };
}
