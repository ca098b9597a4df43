using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph;

/// <summary>
/// A pure tensor function with its attributes. Each op lives in the file of its family under Ops/, beside its builder method;
/// the shape rule says which operands are legal.
/// </summary>
public abstract record Op
{
    /// <summary>Name of the op in error messages.</summary>
    public string Name => GetType().Name;

    /// <summary>Type of the result for the given operand types.</summary>
    /// <exception cref="GraphException">The operands or attributes are not legal; the message says why.</exception>
    public TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            return Rule(new Operands(this, inputs));
        }
        catch (OverflowException)
        {
            throw new GraphException($"{Name}: the result has more elements than a tensor can hold.");
        }
    }

    /// <summary>Whether the result never moves with the operands, but for steps: no gradient passes.</summary>
    internal virtual bool IsPiecewiseConstant => false;

    /// <summary>The derivative rule: leaves the gradient of every operand that is asked for.</summary>
    /// <exception cref="GraphException">The op has no derivative.</exception>
    internal virtual void Differentiate(GradientStep step) =>
        throw new GraphException($"{Name} has no derivative; it stands at {step.Y} between the inputs and outputs that were asked for.");

    /// <summary>The shape rule.</summary>
    internal abstract TensorType Rule(Operands inputs);
}
