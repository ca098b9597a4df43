using System.Collections.Immutable;

namespace RegionWebUI.Graph;

/// <summary>
/// Writes a graph op by op. Each op family adds its own methods (Ops/); every call checks its operands at once, so that an illegal
/// network fails at the line that wrote it.
/// </summary>
public sealed class GraphBuilder(string name)
{
    private readonly ImmutableArray<GraphInput>.Builder _inputs = ImmutableArray.CreateBuilder<GraphInput>();
    private readonly ImmutableArray<Weight>.Builder _weights = ImmutableArray.CreateBuilder<Weight>();
    private readonly ImmutableArray<Constant>.Builder _constants = ImmutableArray.CreateBuilder<Constant>();
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly ImmutableArray<GraphOutput>.Builder _outputs = ImmutableArray.CreateBuilder<GraphOutput>();
    private readonly ImmutableArray<int>.Builder _blockEnds = ImmutableArray.CreateBuilder<int>();
    private readonly Dictionary<string, Value> _weightsByName = [];
    private int _nextId;

    /// <summary>What was applied so far, in order of evaluation.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Declares a tensor that is fed at every run.</summary>
    public Value Input(string inputName, TensorType type)
    {
        var value = Define(type);
        _inputs.Add(new GraphInput(inputName, value));
        return value;
    }

    /// <summary>Declares a tensor of the checkpoint. Asking for the same name again gives the same value.</summary>
    /// <exception cref="GraphException">The name was declared before with another shape.</exception>
    public Value Weight(string weightName, params ReadOnlySpan<int> dims)
    {
        var type = TensorType.Float(dims);
        if (_weightsByName.TryGetValue(weightName, out var known))
        {
            return known.Type == type ? known : throw new GraphException($"Weight '{weightName}' is {known.Type} already, not {type}.");
        }

        var value = Define(type);
        _weights.Add(new Weight(weightName, value));
        _weightsByName.Add(weightName, value);
        return value;
    }

    /// <summary>Adds a small table.</summary>
    /// <exception cref="GraphException">The number of elements does not fit the shape.</exception>
    public Value Constant(Shape shape, ImmutableArray<float> data)
    {
        if (shape.ElementCount != data.Length)
        {
            throw new GraphException($"A constant of shape {shape} needs {shape.ElementCount} elements, not {data.Length}.");
        }

        var value = Define(new TensorType(DType.Float32, shape));
        _constants.Add(new Constant(value, data));
        return value;
    }

    /// <summary>Applies an op.</summary>
    /// <exception cref="GraphException">The operands are not legal.</exception>
    public Value Apply(Op op, params ReadOnlySpan<Value> inputs)
    {
        ArgumentNullException.ThrowIfNull(op);
        var types = new TensorType[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            types[i] = inputs[i].Type;
        }

        var value = Define(op.Infer(types));
        _nodes.Add(new Node(op, [.. inputs], value));
        return value;
    }

    /// <summary>
    /// Ends a block: what was applied since the last end belongs together, and few values are used on both sides of this place. Who takes
    /// gradients block by block (<see cref="Gradients.BlockwiseVjp"/>) cuts here; nobody else looks.
    /// </summary>
    public void EndBlock()
    {
        if (_nodes.Count > (_blockEnds.Count > 0 ? _blockEnds[^1] : 0))
        {
            _blockEnds.Add(_nodes.Count);
        }
    }

    /// <summary>Returns a value from the graph.</summary>
    public void Output(string outputName, Value value) => _outputs.Add(new GraphOutput(outputName, value));

    /// <summary>The finished graph, checked.</summary>
    /// <exception cref="GraphException">The graph as a whole is not legal.</exception>
    public Graph Build() => Finish(_ => true, _blockEnds.ToImmutable());

    /// <summary>As <see cref="Build"/>, without what no output needs, and without block ends.</summary>
    internal Graph BuildNeeded()
    {
        var needed = Reach.To(_nodes, _outputs.Select(o => o.Value));
        return Finish(value => needed.Contains(value.Id), []);
    }

    private Graph Finish(Func<Value, bool> isKept, ImmutableArray<int> blockEnds)
    {
        var graph = new Graph
        {
            Name = name,
            Inputs = [.. _inputs.Where(i => isKept(i.Value))],
            Weights = [.. _weights.Where(w => isKept(w.Value))],
            Constants = [.. _constants.Where(c => isKept(c.Value))],
            Nodes = [.. _nodes.Where(n => isKept(n.Output))],
            Outputs = _outputs.ToImmutable(),
            BlockEnds = blockEnds,
        };
        GraphChecker.Check(graph);
        return graph;
    }

    private Value Define(TensorType type) => new(_nextId++, type);
}
