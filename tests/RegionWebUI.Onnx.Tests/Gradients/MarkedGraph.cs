using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>Random small graphs with block ends: skips over several blocks, ops without gradient, tables, several inputs and outputs.</summary>
internal sealed class MarkedGraph
{
    private const int Batch = 2;
    private const int Tokens = 5;
    private const int Width = 6;

    private readonly Random _random;
    private readonly GraphBuilder _builder = new("random");
    private readonly List<Value> _values = [];

    private MarkedGraph(Random random) => _random = random;

    /// <summary>A graph of inputs x, y (differentiated) and c; outputs <c>first</c>, <c>middle</c> and the scalar <c>loss</c>.</summary>
    public static Graph.Graph Random(Random random, int nodes)
    {
        var graph = new MarkedGraph(random);
        return graph.Write(nodes);
    }

    private Graph.Graph Write(int nodes)
    {
        var b = _builder;
        string[] inputs = ["x", "y", "c"];
        _values.AddRange(inputs.Select(name => b.Input(name, TensorType.Float(Batch, Tokens, Width))));
        var table = b.Constant(new Shape(Batch, Tokens, Width), [.. DifferenceQuotient.Normal(_random, Batch * Tokens * Width)]);
        _values.Add(b.Sin(table));
        var all = b.Add(b.Add(_values[0], _values[1]), b.Multiply(_values[2], _values[3]));
        _values.Add(all);
        b.Output("first", all);
        for (var i = 0; i < nodes; i++)
        {
            _values.Add(Next());
            if (_random.Next(3) == 0)
            {
                b.EndBlock();
            }
        }

        b.Output("middle", _values[_values.Count / 2]);

        // Every value counts, so that none is without use.
        var sum = _values.Aggregate(b.Add);
        b.EndBlock();
        b.Output("loss", b.Mean(b.Multiply(sum, sum), 0, 1, 2));
        return b.Build();
    }

    private Value Next()
    {
        var b = _builder;
        var (one, two, three) = (Any(), Any(), Any());
        return _random.Next(10) switch
        {
            0 => b.Sin(one),
            1 => b.Sigmoid(b.Add(one, two)),
            2 => b.Multiply(b.Sigmoid(one), two),
            3 => b.Silu(b.Subtract(one, two)),
            4 => b.Attend(one, two, three, heads: 2),
            5 => b.Reshape(b.Cos(b.Reshape(one, Batch * Tokens, Width)), Batch, Tokens, Width),
            6 => b.Slice(b.Concat(1, one, two), 1, 2, Tokens),
            7 => b.Transpose(b.Transpose(one, 0, 2, 1), 0, 2, 1),
            8 => b.Clip(one, -0.7f, 0.9f),
            _ => b.Softmax(b.Scale(one, 0.5f)),
        };
    }

    /// <summary>One of the last few, or any.</summary>
    private Value Any() => _values[_random.Next(2) == 0 ? _random.Next(_values.Count) : _random.Next(Math.Max(0, _values.Count - 3), _values.Count)];
}
