using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// The learned perceptual distance of two pictures: Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric"
/// (2018), Eq. (1), on VGG16.
/// </summary>
internal static class Lpips
{
    // The released code's scaling of pictures in -1..1.
    private static readonly float[] _mean = [-0.030f, -0.088f, -0.188f];
    private static readonly float[] _deviation = [0.458f, 0.448f, 0.450f];

    /// <summary>Inputs <c>image</c> and <c>reference</c> [N, 3, H, W] in -1..1; output <c>distance</c> [N, 1, 1, 1].</summary>
    public static Graph.Graph Build(LpipsConfig config, int batch, int height, int width)
    {
        var b = new GraphBuilder("lpips");
        var type = TensorType.Float(batch, 3, height, width);
        b.Output("distance", Distance(new Module(b, ""), config, b.Input("image", type), b.Input("reference", type)));
        return b.Build();
    }

    /// <summary>Writes the distance into a graph.</summary>
    public static Value Distance(Module root, LpipsConfig config, Value image, Value reference)
    {
        var b = root.Builder;
        var (ours, theirs) = (Features(root, config, image), Features(root, config, reference));
        Value? total = null;
        for (var i = 0; i < ours.Count; i++)
        {
            var difference = b.Subtract(Unit(b, ours[i]), Unit(b, theirs[i]));
            var weight = root.Tensor($"lin{i}.model.1.weight", 1, difference.Shape[1], 1, 1);
            var distance = b.Mean(b.Convolve(b.Multiply(difference, difference), weight, null), 2, 3);
            total = total is null ? distance : b.Add(total, distance);
        }

        return total!;
    }

    private static List<Value> Features(Module root, LpipsConfig config, Value image)
    {
        var b = root.Builder;
        var shape = new Shape(1, 3, 1, 1);
        var x = b.Divide(b.Subtract(image, b.Constant(shape, [.. _mean])), b.Constant(shape, [.. _deviation]));
        var (taps, layer) = (new List<Value>(), 0);
        foreach (var channels in config.Channels)
        {
            if (channels == 0)
            {
                x = b.MaxPool(x, 2, 2);
                layer++;
                continue;
            }

            x = b.Relu(root.Conv($"net.features.{layer}", x, channels));
            layer += 2;
            if (config.Taps.Contains(layer - 1))
            {
                taps.Add(x);
            }
        }

        return taps;
    }

    // A cell without any feature has length 0: the summand keeps the root's derivative finite there.
    private static Value Unit(GraphBuilder b, Value x)
    {
        var length = b.Sqrt(b.Shift(b.Sum(b.Multiply(x, x), 1), 1e-20f));
        return b.Divide(x, b.Shift(length, 1e-10f));
    }
}
