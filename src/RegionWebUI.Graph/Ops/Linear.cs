using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Dense layers.</summary>
public static class Linear
{
    /// <summary>y = x w^T + bias. Operands x [..., in], w [out, in] (PyTorch's layout), optional bias [out].</summary>
    public sealed record Dense : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 3);
            var x = inputs.Float(0);
            var w = inputs.Float(1, 2);
            inputs.Require(x.Rank >= 2, $"x must have rank 2 or more, not {x}");
            inputs.Require(x[^1] == w[1], $"x ends in {x[^1]} features, the layer wants {w[1]}");
            inputs.Require(inputs.Count == 2 || inputs.Float(2, 1)[0] == w[0], $"the bias must have {w[0]} elements");
            return new TensorType(DType.Float32, x.With(x.Rank - 1, w[0]));
        }

        // dx = dy w, without any transpose in PyTorch's layout; the layer itself is trained and stays as it is.
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () => step.Builder.MatMul(step.Dy, step.X(1)));
            step.RefuseFrom(1);
        }
    }

    /// <summary>A dense layer in PyTorch's layout.</summary>
    public static Value Project(this GraphBuilder builder, Value x, Value weight, Value? bias)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return bias is null ? builder.Apply(new Dense(), x, weight) : builder.Apply(new Dense(), x, weight, bias);
    }
}
