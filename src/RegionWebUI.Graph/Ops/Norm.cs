namespace RegionWebUI.Graph.Ops;

/// <summary>Normalisations with a learned scale and shift.</summary>
public static class Norm
{
    /// <summary>Normalises groups of channels. Operands x [N, C, ...], gamma [C], beta [C].</summary>
    /// <param name="Groups">Number of groups; divides C.</param>
    /// <param name="Epsilon">Added to the variance; above 0, at most 0.1.</param>
    public sealed record Group(int Groups, float Epsilon) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(3, 3);
            var x = inputs.Float(0);
            inputs.Require(x.Rank >= 3, $"x must have rank 3 or more, not {x}");
            inputs.Require(Groups >= 1 && x[1] % Groups == 0, $"{Groups} groups do not divide {x[1]} channels");
            RequireScale(inputs, x[1], Epsilon);
            return inputs[0];
        }
    }

    /// <summary>Normalises the last axis. Operands x [..., C], gamma [C], beta [C].</summary>
    /// <param name="Epsilon">Added to the variance; above 0, at most 0.1.</param>
    public sealed record Layer(float Epsilon) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(3, 3);
            var x = inputs.Float(0);
            inputs.Require(x.Rank >= 2, $"x must have rank 2 or more, not {x}");
            RequireScale(inputs, x[^1], Epsilon);
            return inputs[0];
        }
    }

    /// <summary>Group normalisation.</summary>
    public static Value GroupNorm(this GraphBuilder builder, Value x, Value gamma, Value beta, int groups, float epsilon)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Group(groups, epsilon), x, gamma, beta);
    }

    /// <summary>Layer normalisation of the last axis.</summary>
    public static Value LayerNorm(this GraphBuilder builder, Value x, Value gamma, Value beta, float epsilon)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Layer(epsilon), x, gamma, beta);
    }

    private static void RequireScale(Operands inputs, int channels, float epsilon)
    {
        inputs.Require(inputs.Float(1, 1)[0] == channels && inputs.Float(2, 1)[0] == channels, $"gamma and beta must have {channels} elements");
        inputs.Require(epsilon is > 0 and <= 0.1f, $"epsilon must be in (0, 0.1], not {epsilon}");
    }
}
