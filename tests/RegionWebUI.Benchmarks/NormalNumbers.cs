using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Benchmarks;

/// <summary>Numbers of N(0, 1).</summary>
internal static class NormalNumbers
{
    /// <summary>The next one: Box and Muller (1958), Eq. (1).</summary>
    public static double Next(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A tensor of them.</summary>
    public static HostTensor Tensor(Random random, Shape shape)
    {
        var tensor = HostTensor.Empty(shape);
        for (var i = 0; i < tensor.Floats.Length; i++)
        {
            tensor.Floats[i] = (float)Next(random);
        }

        return tensor;
    }
}
