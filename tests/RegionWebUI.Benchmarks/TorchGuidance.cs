using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using static TorchSharp.torch;

namespace RegionWebUI.Benchmarks;

/// <summary>The guided run of <see cref="ClipGuidance"/> in PyTorch: DDIM, its own networks, its autograd.</summary>
internal sealed class TorchGuidance : IDisposable
{
    private const int LatentChannels = 4;

    private readonly GuidedInputs _run;
    private readonly TorchNetwork _unet;
    private readonly TorchNetwork _decoder;
    private readonly TorchNetwork _clip;
    private readonly double _latentScale;
    private readonly Tensor _words;
    private readonly Tensor _text;
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    public TorchGuidance(GuidedInputs run)
    {
        _run = run;
        const int Side = PocketModel.LatentSide;
        var folder = DiffusersFolder.Open(Repository.PocketModel);
        var clipseg = GuidanceFolder.Open(Repository.PocketModel, "clipseg", "model")!;
        var scaling = PixelScaling.Parse(clipseg.Preprocessor);
        var width = run.Words.Length / 2 / Conditioning.TokensPerChunk;
        _unet = new TorchNetwork(
            "unet",
            folder.Unet,
            HostTensor.Empty(new Shape(2, LatentChannels, Side, Side)),
            HostTensor.Empty(new Shape(2)),
            HostTensor.Of(new Shape(2, Conditioning.TokensPerChunk, width), run.Words));
        _decoder = new TorchNetwork("vae_decoder", folder.Vae, HostTensor.Empty(new Shape(1, LatentChannels, Side, Side)));
        _clip = new TorchNetwork(
            "clip_image", clipseg.Weights, HostTensor.Empty(new Shape(GuidanceCase.Cutouts, 3, GuidanceCase.ClipSize, GuidanceCase.ClipSize)));
        _latentScale = VaeConfig.Parse(folder.VaeConfig).ScalingFactor;
        _words = tensor(run.Words, [2, Conditioning.TokensPerChunk, width]);
        _text = tensor(run.Text, [1, run.Text.Length]);
        _mean = tensor([.. scaling.Mean], [1, 3, 1, 1]);
        _deviation = tensor([.. scaling.Deviation], [1, 3, 1, 1]);
    }

    /// <summary>The first gradient of the last run, as the loss has it.</summary>
    public float[] FirstGradient { get; private set; } = [];

    /// <summary>Runs all steps.</summary>
    /// <param name="isExact">As <see cref="ClipGuidance"/> has it.</param>
    /// <returns>The finished state.</returns>
    public float[] Run(bool isExact)
    {
        using var whole = NewDisposeScope();
        var z = tensor(_run.Z, [1, LatentChannels, PocketModel.LatentSide, PocketModel.LatentSide]);
        foreach (var step in _run.Steps)
        {
            using var scope = NewDisposeScope();
            z = Step(z, step, isExact).MoveToOuterDisposeScope();
        }

        return z.data<float>().ToArray();
    }

    public void Dispose()
    {
        _unet.Dispose();
        _decoder.Dispose();
        _clip.Dispose();
        foreach (var own in new[] { _words, _text, _mean, _deviation })
        {
            own.Dispose();
        }
    }

    private Tensor Step(Tensor z, StepInfo step, bool isExact)
    {
        var (signal, spread) = (Math.Sqrt(step.AlphaBar), Math.Sqrt(1 - step.AlphaBar));
        Tensor x0, gradient;
        if (isExact)
        {
            var state = z.detach().requires_grad_();
            x0 = Predict(state, step, signal, spread);
            gradient = Gradient(Loss(x0, step.Index), state);
            x0 = x0.detach();
        }
        else
        {
            using (no_grad())
            {
                x0 = Predict(z, step, signal, spread);
            }

            var state = x0.detach().requires_grad_();
            gradient = Gradient(Loss(state, step.Index), state);
        }

        if (step.Index == 0)
        {
            FirstGradient = gradient.data<float>().ToArray();
        }

        using var updating = no_grad();
        var g = gradient * (GuidanceCase.Strength * (isExact ? 1 : signal));
        var size = (1 - step.AlphaBar) / signal;
        var (reach, bound) = (size * g.norm().item<float>(), GuidanceCase.Trust * x0.norm().item<float>());
        x0 = x0 - (g * (reach > bound ? size * bound / reach : size));
        var eps = (z - (x0 * signal)) / spread;
        return (x0 * Math.Sqrt(step.AlphaBarNext)) + (eps * Math.Sqrt(1 - step.AlphaBarNext));
    }

    private Tensor Predict(Tensor z, StepInfo step, double signal, double spread)
    {
        var halves = _unet.Forward(cat([z, z]), full(2, (float)step.T), _words).chunk(2);
        var eps = halves[0] + ((halves[1] - halves[0]) * GuidanceCase.CfgScale);
        return (z - (eps * spread)) / signal;
    }

    // Crowson (2021), CLIP guidance: the mean of 2 asin(|u - v| / 2)^2 over the cutouts.
    private Tensor Loss(Tensor x0, int step)
    {
        var pixels = (_decoder.Forward(x0 / _latentScale) * 0.5) + 0.5;
        var cutouts = GuidanceCase.Windows(step).Select(w => nn.functional.interpolate(
            pixels.narrow(2, w.Top, w.Side).narrow(3, w.Left, w.Side),
            [GuidanceCase.ClipSize, GuidanceCase.ClipSize],
            mode: InterpolationMode.Bilinear,
            align_corners: false)).ToArray();
        var images = _clip.Forward((cat(cutouts) - _mean) / _deviation);
        var (u, v) = (nn.functional.normalize(images), nn.functional.normalize(_text));
        return ((u - v).norm(1) / 2).asin().square().mean() * 2;
    }

    private static Tensor Gradient(Tensor loss, Tensor by) => autograd.grad([loss], [by])[0];
}
