using RegionWebUI.Graph.Gradients;

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

        // As Layer, over [N, Groups, rest].
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () =>
            {
                var (b, shape) = (step.Builder, step.X().Shape);
                var rest = (int)(shape.ElementCount / shape[0] / Groups);
                int[] perChannel = [1, shape[1], .. Enumerable.Repeat(1, shape.Rank - 2)];
                var g = b.Multiply(step.Dy, b.Reshape(step.X(1), perChannel));
                var dx = Back(b, b.Reshape(step.X(), shape[0], Groups, rest), b.Reshape(g, shape[0], Groups, rest), Epsilon);
                return b.Reshape(dx, shape.Dims.AsSpan());
            });
            step.RefuseFrom(1);
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

        // g = dy gamma.
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () => Back(step.Builder, step.X(), step.Builder.Multiply(step.Dy, step.X(1)), Epsilon));
            step.RefuseFrom(1);
        }
    }

    /// <summary>(x - mean(x)) / sqrt(var(x) + Epsilon) over the last axis of x [..., C].</summary>
    /// <param name="Epsilon">Added to the variance; above 0, at most 0.1.</param>
    public sealed record Standardized(float Epsilon) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            _ = RequireRows(inputs, Epsilon);
            return inputs[0];
        }

        internal override void Differentiate(GradientStep step) => step.Give(0, () => Back(step.Builder, step.X(), step.Dy, Epsilon));
    }

    /// <summary>1 / sqrt(var(x) + Epsilon) over the last axis of x [..., C]; result [..., 1].</summary>
    /// <param name="Epsilon">Added to the variance; above 0, at most 0.1.</param>
    public sealed record InverseDeviation(float Epsilon) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            var x = RequireRows(inputs, Epsilon);
            return new TensorType(DType.Float32, x.With(x.Rank - 1, 1));
        }

        // With xh as above and C elements: dr/dx = -r^2 xh / C.
        internal override void Differentiate(GradientStep step) => step.Give(0, () =>
        {
            var b = step.Builder;
            var factor = b.Scale(b.Multiply(step.Dy, b.Multiply(step.Y, step.Y)), -1f / step.X().Shape[^1]);
            return b.Multiply(b.Apply(new Standardized(Epsilon), step.X()), factor);
        });
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

    /// <summary>With xh = (x - mean(x)) r and r = 1 / sqrt(var(x) + epsilon) over the last axis: dx = r (g - mean(g) - xh mean(g xh)).</summary>
    private static Value Back(GraphBuilder b, Value x, Value g, float epsilon)
    {
        var last = x.Shape.Rank - 1;
        var normal = b.Apply(new Standardized(epsilon), x);
        var along = b.Mean(b.Multiply(g, normal), last);
        var across = b.Subtract(b.Subtract(g, b.Multiply(normal, along)), b.Mean(g, last));
        return b.Multiply(across, b.Apply(new InverseDeviation(epsilon), x));
    }

    private static void RequireScale(Operands inputs, int channels, float epsilon)
    {
        inputs.Require(inputs.Float(1, 1)[0] == channels && inputs.Float(2, 1)[0] == channels, $"gamma and beta must have {channels} elements");
        RequireEpsilon(inputs, epsilon);
    }

    private static Shape RequireRows(Operands inputs, float epsilon)
    {
        inputs.RequireCount(1, 1);
        var x = inputs.Float(0);
        inputs.Require(x.Rank >= 2, $"x must have rank 2 or more, not {x}");
        RequireEpsilon(inputs, epsilon);
        return x;
    }

    private static void RequireEpsilon(Operands inputs, float epsilon) =>
        inputs.Require(epsilon is > 0 and <= 0.1f, $"epsilon must be in (0, 0.1], not {epsilon}");
}
