using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Benchmarks;

/// <summary>Value and gradient of single networks against their own forward pass and against PyTorch's autograd.</summary>
internal static class GradientRows
{
    private const int Turns = 12;
    private const int CallsPerTurn = 4;
    private const double ValueTolerance = 1e-4;

    /// <summary>The rows of this group: networks, guided steps, starting to guide, memory.</summary>
    public static IEnumerable<Row> All() =>
        VaeDecoder().Concat(ClipImage())
            .Concat(GuidedStepRows.Frozen()).Concat(GuidedStepRows.Exact()).Concat(GuidedStepRows.SecondJob())
            .Concat(PeakMemory.Rows());

    private static IEnumerable<Row> VaeDecoder()
    {
        using var model = PocketModel.Open();
        const int Side = PocketModel.LatentSide;
        var network = GradientNetwork.VaeDecoder;
        var inputs = new Dictionary<string, HostTensor> { ["latent"] = HostTensor.Of(network.Input, network.X) };
        var outputs = new Dictionary<string, HostTensor> { ["image"] = HostTensor.Empty(network.Result) };
        var (ours, forward, torch) = Measure(network, model, () =>
            model.UseVaeDecoder(Side, Side, session => session.Run(inputs, outputs, CancellationToken.None)));
        yield return Compare("VAE decoder, value and gradient, 128 px", ours, "its forward", forward!, "<= 3.00");
        yield return Compare("the same", ours, "PyTorch", torch, "");
    }

    private static IEnumerable<Row> ClipImage()
    {
        using var model = PocketModel.Open();
        var (ours, _, torch) = Measure(GradientNetwork.ClipImage, model, null);
        yield return Compare("CLIP's view of 4 cutouts, value and gradient", ours, "PyTorch", torch, "");
    }

    /// <summary>One contender against another: medians, the best calls in brackets.</summary>
    public static Row Compare(string what, Timing ours, string name, Timing other, string goal, double parts = 1) => new(
        what,
        $"{ours.Median / parts:f1} ms (best {ours.Best / parts:f1})",
        $"{name} {other.Median / parts:f1} ms (best {other.Best / parts:f1})",
        $"{ours.Median / other.Median:f2} (best {ours.Best / other.Best:f2})",
        goal);

    private static (Timing Ours, Timing? Forward, Timing Torch) Measure(GradientNetwork network, LoadedModel model, Action? forward)
    {
        var ours = network.Open(model);
        var (owner, torch) = network.OpenTorch();
        using (owner)
        {
            var (mine, theirs) = (ours(), torch());
            Gradients.RequireEqual(network.Name, mine.Gradient, theirs.Gradient);
            if (!(Math.Abs(mine.Value - theirs.Value) <= ValueTolerance * Math.Max(1, Math.Abs(theirs.Value))))
            {
                throw new InvalidOperationException($"{network.Name}: the value is {mine.Value}, PyTorch's {theirs.Value}.");
            }

            Action[] contenders = [() => ours(), () => torch(), .. forward is null ? Array.Empty<Action>() : [forward]];
            var times = Interleaved.Measure(Turns, CallsPerTurn, contenders);
            return (times[0], forward is null ? null : times[2], times[1]);
        }
    }
}
