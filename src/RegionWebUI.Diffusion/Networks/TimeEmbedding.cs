using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Sinusoidal embedding of numbers (timesteps; SDXL's sizes) and the two dense layers after it.</summary>
internal static class TimeEmbedding
{
    /// <summary>Sines and cosines of [N] numbers at <paramref name="dim"/> / 2 frequencies from 1 down to 1/10000: [N, dim].</summary>
    public static Value Sinusoid(GraphBuilder b, Value numbers, int dim, UNetConfig config)
    {
        var half = dim / 2;
        var frequencies = Enumerable.Range(0, half).Select(i => (float)Math.Exp(-Math.Log(10000) * i / (half - config.FreqShift)));
        var angles = b.Multiply(b.Reshape(numbers, numbers.Shape[0], 1), b.Constant(new Shape(1, half), [.. frequencies]));
        return config.FlipSinToCos ? b.Concat(1, b.Cos(angles), b.Sin(angles)) : b.Concat(1, b.Sin(angles), b.Cos(angles));
    }

    /// <summary>Dense, SiLU, dense.</summary>
    public static Value Mlp(Module module, Value x, int features) =>
        module.Linear("linear_2", module.Builder.Silu(module.Linear("linear_1", x, features)), features);
}
