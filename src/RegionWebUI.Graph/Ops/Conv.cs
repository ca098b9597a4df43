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
