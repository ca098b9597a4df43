using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Benchmarks;

/// <summary>Highest resident memory of processes that compute one gradient, a few times over, and nothing else.</summary>
internal static class PeakMemory
{
    private const string Command = "peak-memory-of";
    private const string Ours = "this-program";
    private const string Torch = "pytorch";
    private const string Step = "guided-step";
    private const int Calls = 3;
    private const long Mebibyte = 1 << 20;

    /// <summary>Does what a child process is for and prints its peak in bytes; false when this process is none.</summary>
    public static bool RunsAsChild(string[] arguments)
    {
        if (arguments is not [Command, var side, var what])
        {
            return false;
        }

        Compute(side, what);
        Console.WriteLine(ResidentMemory.Peak);
        return true;
    }

    /// <summary>One row for each gradient: this program's process against PyTorch's.</summary>
    public static IEnumerable<Row> Rows()
    {
        (string What, string Name)[] all = [("vae", "VAE decoder"), ("clip", "CLIP's view of 4 cutouts"), (Step, "guided steps")];
        foreach (var (what, name) in all)
        {
            var (ours, torch) = (Of(Ours, what), Of(Torch, what));
            yield return new Row(
                $"peak memory, {name}", $"{ours / Mebibyte} MiB", $"PyTorch {torch / Mebibyte} MiB", $"{(double)ours / torch:f2}");
        }
    }

    private static void Compute(string side, string what)
    {
        if (side == Torch)
        {
            TorchLibrary.Prepare();
            Machine.UseThreads();
        }

        if (what == Step)
        {
            GuidedSteps(side);
            return;
        }

        var network = what == GradientNetwork.VaeDecoder.Name ? GradientNetwork.VaeDecoder : GradientNetwork.ClipImage;
        using var owner = side == Torch ? null : PocketModel.Open();
        var (torch, run) = owner is null ? network.OpenTorch() : (null, network.Open(owner));
        for (var call = 0; call < Calls; call++)
        {
            run();
        }

        torch?.Dispose();
    }

    private static void GuidedSteps(string side)
    {
        if (side == Torch)
        {
            // What the numbers are does not change the memory.
            var steps = Enumerable.Range(0, Calls).Select(i => At(i, NoiseSchedule.AlphaBarOf(NoiseSchedule.StableDiffusion.Sigma(900 - (50 * i)))));
            var random = new Random(1);
            float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
            var words = Values(2 * Conditioning.TokensPerChunk * 256);
            using var torch = new TorchGuidance(new GuidedInputs(Values(1024), words, Values(256), [.. steps]));
            torch.Run(isExact: false);
            return;
        }

        using var model = PocketModel.Open();
        GuidedStepRows.Sample(model, PocketModel.Plan(model) with { Steps = Calls }, new ClipGuidance(isExact: false));
    }

    private static StepInfo At(int index, double alphaBar) =>
        new(index, Calls, index, 900 - (50 * index), Math.Sqrt((1 - alphaBar) / alphaBar), 0, alphaBar, alphaBar, 0);

    private static long Of(string side, string what) => long.Parse(ChildProcess.Run(Command, side, what).Trim());
}
