using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;
using static TorchSharp.torch;

namespace RegionWebUI.Benchmarks;

/// <summary>A network and the gradient of its result, weighted by a fixed cotangent, with respect to its input.</summary>
/// <param name="Name">What it is called in commands and tables.</param>
/// <param name="Input">Shape of its input.</param>
/// <param name="Result">Shape of its result.</param>
/// <param name="Ours">The network in a loss.</param>
/// <param name="OfTorch">The same in PyTorch, and how the input becomes what its script takes.</param>
internal sealed record GradientNetwork(
    string Name, Shape Input, Shape Result, Func<ILossBuilder, Expr, Expr> Ours, Func<(TorchNetwork Network, Func<Tensor, Tensor> Prepare)> OfTorch)
{
    private const int Side = PocketModel.LatentSide;

    public static GradientNetwork VaeDecoder { get; } = new(
        "vae", new Shape(1, 4, Side, Side), new Shape(1, 3, GuidanceCase.Pixels, GuidanceCase.Pixels), (b, z) => b.Decode(z), TorchDecoder);

    public static GradientNetwork ClipImage { get; } = new(
        "clip",
        new Shape(GuidanceCase.Cutouts, 3, GuidanceCase.ClipSize, GuidanceCase.ClipSize),
        new Shape(GuidanceCase.Cutouts, 256),
        (b, pixels) => b.ClipImage(pixels),
        TorchClip);

    public float[] X => Values(1, Input);

    private float[] Cotangent => Values(2, Result);

    /// <summary>Value and gradient by this program.</summary>
    public Func<(double Value, float[] Gradient)> Open(LoadedModel model)
    {
        var loss = model.Objectives.Take(
            $"bench-{Name}",
            b => (Ours(b, b.Input("x", [.. Input.Dims])) * b.Input("cotangent", [.. Result.Dims])).Sum(),
            ["x"],
            CancellationToken.None);
        var inputs = new Dictionary<string, ReadOnlyMemory<float>> { ["x"] = X, ["cotangent"] = Cotangent };
        return () =>
        {
            var at = loss.EvaluateAsync(inputs).GetAwaiter().GetResult();
            return (at.Loss, at.Gradients["x"].ToArray());
        };
    }

    /// <summary>Value and gradient by PyTorch, whose network is to be disposed of.</summary>
    public (TorchNetwork Network, Func<(double Value, float[] Gradient)> Run) OpenTorch()
    {
        var (network, prepare) = OfTorch();
        var (x, cotangent) = (Of(X, Input).requires_grad_(), Of(Cotangent, Result));
        return (network, Run);

        (double Value, float[] Gradient) Run()
        {
            using var scope = NewDisposeScope();
            var loss = (network.Forward(prepare(x)) * cotangent).sum();
            return (loss.item<float>(), autograd.grad([loss], [x])[0].data<float>().ToArray());
        }
    }

    private static (TorchNetwork, Func<Tensor, Tensor>) TorchDecoder()
    {
        var folder = DiffusersFolder.Open(Repository.PocketModel);
        var scale = VaeConfig.Parse(folder.VaeConfig).ScalingFactor;
        return (new TorchNetwork("vae_decoder", folder.Vae, HostTensor.Empty(VaeDecoder.Input)), z => z / scale);
    }

    private static (TorchNetwork, Func<Tensor, Tensor>) TorchClip()
    {
        var clipseg = GuidanceFolder.Open(Repository.PocketModel, "clipseg", "model")!;
        var scaling = PixelScaling.Parse(clipseg.Preprocessor);
        var (mean, deviation) = (tensor([.. scaling.Mean], [1, 3, 1, 1]), tensor([.. scaling.Deviation], [1, 3, 1, 1]));
        return (new TorchNetwork("clip_image", clipseg.Weights, HostTensor.Empty(ClipImage.Input)), pixels => (pixels - mean) / deviation);
    }

    private static float[] Values(int seed, Shape shape)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)shape.ElementCount).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static Tensor Of(float[] values, Shape shape) => tensor(values, [.. shape.Dims.Select(d => (long)d)]);
}
