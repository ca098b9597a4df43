using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Benchmarks;

/// <summary>Single networks against the same networks in PyTorch: same weights, same inputs, same threads, same process, in turns.</summary>
internal static class NetworkRows
{
    private const int Turns = 40;
    private const int CallsPerTurn = 5;
    private const double Tolerance = 1e-4;
    private const int Rows = 2;

    /// <summary>One step of the UNet with classifier-free guidance.</summary>
    public static Row UNetStep()
    {
        using var model = PocketModel.Open();
        var random = new Random(1);
        var side = PocketModel.LatentSide;
        var sample = NormalNumbers.Tensor(random, new Shape(Rows, model.UNetConfig.InChannels, side, side));
        var timestep = HostTensor.Of(new Shape(Rows), [500f, 500f]);
        var context = NormalNumbers.Tensor(random, new Shape(Rows, model.TextConfig.Positions, model.TextConfig.HiddenSize));
        var prediction = HostTensor.Empty(sample.Type.Shape);
        var unet = new ModelUNet(model);
        using var torch = new TorchNetwork("unet", DiffusersFolder.Open(Repository.PocketModel).Unet, sample, timestep, context);

        void Ours() => unet.Predict(sample, timestep, context, prediction, CancellationToken.None);
        return Compare("UNet step, batch 2, 16 x 16", Ours, prediction, torch, "<= 0.75");
    }

    /// <summary>A latent to 128 x 128 pixels.</summary>
    public static Row VaeDecode()
    {
        using var model = PocketModel.Open();
        var side = PocketModel.LatentSide;
        var latent = NormalNumbers.Tensor(new Random(1), new Shape(1, model.VaeConfig.LatentChannels, side, side));
        var image = HostTensor.Empty(new Shape(1, 3, side * model.VaeConfig.Factor, side * model.VaeConfig.Factor));
        var inputs = new Dictionary<string, HostTensor> { ["latent"] = latent };
        var outputs = new Dictionary<string, HostTensor> { ["image"] = image };
        using var torch = new TorchNetwork("vae_decoder", DiffusersFolder.Open(Repository.PocketModel).Vae, latent);

        void Ours() => model.UseVaeDecoder(side, side, session => session.Run(inputs, outputs, CancellationToken.None));
        return Compare("VAE decode, 128 px", Ours, image, torch, "");
    }

    private static Row Compare(string what, Action ours, HostTensor result, TorchNetwork torch, string goal)
    {
        ours();
        RequireEqual(what, result.Floats, torch.Result());
        var times = Interleaved.Measure(Turns, CallsPerTurn, ours, torch.Run);
        return new Row(
            what,
            $"{times[0].Median:f1} ms (best {times[0].Best:f1})",
            $"PyTorch {times[1].Median:f1} ms (best {times[1].Best:f1})",
            $"{times[0].Median / times[1].Median:f2} (best {times[0].Best / times[1].Best:f2})",
            goal);
    }

    /// <summary>A time means something only where the numbers are the same.</summary>
    private static void RequireEqual(string what, float[] ours, float[] theirs)
    {
        if (ours.Length != theirs.Length || !ours.Concat(theirs).All(float.IsFinite))
        {
            throw new InvalidOperationException($"{what}: {ours.Length} values against {theirs.Length} of PyTorch, or some are not finite.");
        }

        var scale = theirs.Max(Math.Abs);
        var worst = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
        if (!(worst <= Tolerance * scale))
        {
            throw new InvalidOperationException($"{what}: differs from PyTorch by {worst}, scale {scale}.");
        }
    }
}
