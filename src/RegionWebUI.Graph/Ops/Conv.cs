using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Graph.Ops;

/// <summary>Convolutions over NCHW tensors.</summary>
public static class Conv
{
    /// <summary>Operands x [N, C, H, W], w [O, C, kh, kw], optional bias [O]; zero padding.</summary>
    /// <param name="Stride">Step in both directions, at least 1.</param>
    /// <param name="Top">Rows of zeros above.</param>
    /// <param name="Left">Columns of zeros on the left.</param>
    /// <param name="Bottom">Rows of zeros below.</param>
    /// <param name="Right">Columns of zeros on the right.</param>
    public sealed record Conv2d(int Stride, int Top, int Left, int Bottom, int Right) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 3);
            var x = inputs.Float(0, 4);
            var w = inputs.Float(1, 4);
            inputs.Require(Stride >= 1, $"stride must be at least 1, not {Stride}");
            inputs.Require(Math.Min(Math.Min(Top, Left), Math.Min(Bottom, Right)) >= 0, "padding must not be negative");
            inputs.Require(Math.Max(Top, Bottom) < w[2] && Math.Max(Left, Right) < w[3], "padding must be smaller than the kernel");
            inputs.Require(x[1] == w[1], $"x has {x[1]} channels, the kernel wants {w[1]}");
            inputs.Require(inputs.Count == 2 || inputs.Float(2, 1)[0] == w[0], $"the bias must have {w[0]} elements");
            var (paddedHeight, paddedWidth) = (checked(x[2] + Top + Bottom), checked(x[3] + Left + Right));
            inputs.Require(paddedHeight >= w[2] && paddedWidth >= w[3], $"the kernel {w} is larger than the padded picture");
            var (height, width) = ((paddedHeight - w[2]) / Stride + 1, (paddedWidth - w[3]) / Stride + 1);
            return TensorType.Float(x[0], w[0], height, width);
        }

        // Of stride 1 a convolution with the reversed kernel (1.8 times as fast on the CPU), else the transposed one.
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () =>
            {
                var (b, x, kernel) = (step.Builder, step.X().Shape, step.X(1));
                var (bottom, right) = (kernel.Shape[2] - 1, kernel.Shape[3] - 1);
                return Stride == 1
                    ? b.Apply(new Conv2d(1, bottom - Top, right - Left, bottom - Bottom, right - Right), step.Dy, b.Apply(new Reversed(), kernel))
                    : b.Apply(new Transposed2d(Stride, Top, Left, Bottom, Right, x[2], x[3]), step.Dy, kernel);
            });
            step.RefuseFrom(1);
        }
    }

    /// <summary>
    /// The transpose of <see cref="Conv2d"/> of the same kernel, stride and padding. Operands x [N, O, h, w], w [O, C, kh, kw], optional
    /// bias [C]; result [N, C, Height, Width].
    /// </summary>
    /// <param name="Stride">Step of the convolution, at least 1.</param>
    /// <param name="Top">Its rows of zeros above.</param>
    /// <param name="Left">Its columns of zeros on the left.</param>
    /// <param name="Bottom">Its rows of zeros below.</param>
    /// <param name="Right">Its columns of zeros on the right.</param>
    /// <param name="Height">Rows of the result; the convolution makes h rows of them.</param>
    /// <param name="Width">Columns of the result; the convolution makes w columns of them.</param>
    public sealed record Transposed2d(int Stride, int Top, int Left, int Bottom, int Right, int Height, int Width) : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(2, 3);
            var (x, w) = (inputs.Float(0, 4), inputs.Float(1, 4));
            inputs.Require(x[1] == w[0], $"x has {x[1]} channels, the kernel wants {w[0]}");
            inputs.Require(inputs.Count == 2 || inputs.Float(2, 1)[0] == w[1], $"the bias must have {w[1]} elements");
            var result = TensorType.Float(x[0], w[1], Height, Width);
            var made = new Conv2d(Stride, Top, Left, Bottom, Right).Infer([result, inputs[1]]);
            inputs.Require(made == inputs[0], $"the convolution of {result} makes {made}, not {inputs[0]}");
            return result;
        }

        // The convolution itself.
        internal override void Differentiate(GradientStep step)
        {
            step.Give(0, () => step.Builder.Apply(new Conv2d(Stride, Top, Left, Bottom, Right), step.Dy, step.X(1)));
            step.RefuseFrom(1);
        }
    }

    /// <summary>A kernel for the way back: [O, C, kh, kw] as [C, O, kh, kw], its rows and columns from the last to the first.</summary>
    public sealed record Reversed : Op
    {
        internal override TensorType Rule(Operands inputs)
        {
            inputs.RequireCount(1, 1);
            var w = inputs.Float(0, 4);
            return TensorType.Float(w[1], w[0], w[2], w[3]);
        }

        // It undoes itself.
        internal override void Differentiate(GradientStep step) => step.Give(0, () => step.Builder.Apply(new Reversed(), step.Dy));
    }

    /// <summary>A convolution with the same padding on all sides.</summary>
    public static Value Convolve(this GraphBuilder builder, Value x, Value weight, Value? bias, int stride = 1, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var op = new Conv2d(stride, padding, padding, padding, padding);
        return bias is null ? builder.Apply(op, x, weight) : builder.Apply(op, x, weight, bias);
    }

    /// <summary>A stride-2 convolution padded below and on the right only, as the VAE encoder downsamples.</summary>
    public static Value ConvolveDownPaddedAfter(this GraphBuilder builder, Value x, Value weight, Value bias)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Apply(new Conv2d(2, 0, 0, 1, 1), x, weight, bias);
    }
}
