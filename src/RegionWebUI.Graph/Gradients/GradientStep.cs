using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph.Gradients;

/// <summary>One node on the way back: what its derivative rule may use, and where it leaves its results.</summary>
internal sealed class GradientStep
{
    private readonly Node _node;
    private readonly Func<int, bool> _isNeeded;
    private readonly Value?[] _results;

    /// <param name="builder">Where the rule writes; the forward values are there already.</param>
    /// <param name="node">The node, in values of the builder.</param>
    /// <param name="dy">Gradient of the loss with respect to its result.</param>
    /// <param name="isNeeded">Whether anybody asks for the gradient of an operand.</param>
    public GradientStep(GraphBuilder builder, Node node, Value dy, Func<int, bool> isNeeded)
    {
        (Builder, _node, Dy, _isNeeded) = (builder, node, dy, isNeeded);
        _results = new Value?[node.Inputs.Length];
    }

    /// <summary>Where the rule writes.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>Gradient of the loss with respect to the result.</summary>
    public Value Dy { get; }

    /// <summary>The result itself.</summary>
    public Value Y => _node.Output;

    /// <summary>Number of operands.</summary>
    public int Count => _node.Inputs.Length;

    /// <summary>Gradient of each operand, in its shape; null where nobody asks.</summary>
    public IReadOnlyList<Value?> Results => _results;

    /// <summary>An operand.</summary>
    public Value X(int operand = 0) => _node.Inputs[operand];

    /// <summary>Leaves the gradient of an operand, if anybody asks. What broadcasting spread is summed again.</summary>
    public void Give(int operand, Func<Value> gradient)
    {
        if (_isNeeded(operand))
        {
            _results[operand] = Builder.SumTo(gradient(), X(operand).Shape);
        }
    }

    /// <summary>Refuses operands that have no derivative here: the parameters of a trained layer.</summary>
    /// <exception cref="GraphException">Somebody asks for one.</exception>
    public void RefuseFrom(int operand)
    {
        for (; operand < Count; operand++)
        {
            if (_isNeeded(operand))
            {
                throw new GraphException($"{_node.Op.Name}: there is no derivative with respect to operand {operand} of {_node}.");
            }
        }
    }
}
