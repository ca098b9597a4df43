namespace RegionWebUI.Graph.Ops;

/// <summary>Where a condition holds: 1 there, 0 elsewhere. Piecewise constant, so their derivative is 0 everywhere.</summary>
public static class Mask
{
    /// <summary>Low &lt; x &lt; High.</summary>
    /// <param name="Low">Limit that x must be above; may be infinite.</param>
    /// <param name="High">Limit that x must be below; may be infinite.</param>
    public sealed record Inside(float Low, float High) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            _ = inputs.Float(0);
            inputs.Require(Low < High, $"the limits {Low} and {High} are out of order");
            return inputs[0];
        }

        internal override bool IsPiecewiseConstant => true;
    }

    /// <summary>a = b, operands of one shape.</summary>
    public sealed record Same : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 2);
            inputs.Require(inputs.Float(0) == inputs.Float(1), $"{inputs[0]} and {inputs[1]} must have one shape");
            return inputs[0];
        }

        internal override bool IsPiecewiseConstant => true;
    }

    /// <summary>1 where low &lt; x &lt; high.</summary>
    public static Value Between(this GraphBuilder builder, Value x, float low, float high)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Inside(low, high), x);
    }

    /// <summary>1 where a = b.</summary>
    public static Value Equal(this GraphBuilder builder, Value a, Value b)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Same(), a, b);
    }
}
