using System.Globalization;
using System.Runtime.InteropServices;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Benchmarks;

/// <summary>
/// Peak memory of the gradient of a UNet of the size of Stable Diffusion 1 at 64 x 64 cells, in one graph and block by block, each in a process
/// of its own: <c>memory [DIVISOR]</c>, which divides the channels where the machine is too small for the one graph.
/// </summary>
internal static class MemoryRows
{
    private const string Command = "memory";
    private const int Side = 64;
    private const long Mebibyte = 1 << 20;
    private const long BlockWeights = 1024 * Mebibyte;
    private const double LeastSaved = 0.4;
    private const double Tolerance = 1e-5;

    /// <summary>Does what is asked for, if it is this.</summary>
    /// <returns>False when something else is asked for.</returns>
    public static bool Answer(string[] arguments)
    {
        switch (arguments)
        {
            case [Command]:
                Compare(1);
                return true;
            case [Command, var divisor]:
                Compare(int.Parse(divisor, CultureInfo.InvariantCulture));
                return true;
            case [Command, var variant, var folder, var divisor]:
                Measure(variant == "blocks", folder, Network(int.Parse(divisor, CultureInfo.InvariantCulture)));
                return true;
            default:
                return false;
        }
    }

    private static void Compare(int divisor)
    {
        using var folder = new TemporaryFolder();
        SeededWeights.Write(folder.File("weights.safetensors"), Network(divisor), seed: 1);
        var single = Child("single", folder, divisor);
        var blocks = Child("blocks", folder, divisor);
        RequireEqual(Floats(folder.File("single")), Floats(folder.File("blocks")));
        var table = new Table();
        table.Add(Row("peak memory", single.Peak, blocks.Peak, $"<= {1 - LeastSaved:f2}"));
        table.Add(Row("values of the greatest graph, measured", single.Values, blocks.Values, ""));
        table.Add(Row("values of the greatest graph, estimated", single.Estimate, blocks.Estimate, ""));
        table.Add(new Row("estimated / measured", $"{Ratio(blocks):f2}", $"one graph {Ratio(single):f2}"));
        table.Add(Row("time of the runs", single.RunSeconds, blocks.RunSeconds));
        table.Add(Row("time of the loads", single.LoadSeconds, blocks.LoadSeconds));
        Console.WriteLine($"UNet of {string.Join(", ", Config(divisor).BlockOutChannels)} channels, {Side} x {Side}, gradient by the sample");
        Console.WriteLine($"{Environment.ProcessorCount} threads; blocks keep at most {BlockWeights / Mebibyte} MiB of weights");
        Console.WriteLine();
        Console.Write(table);
    }

    private static Row Row(string what, long single, long blocks, string goal) => new(
        what, $"{blocks / Mebibyte} MiB", $"one graph {single / Mebibyte} MiB", $"{(double)blocks / single:f2}", goal);

    private static Row Row(string what, double single, double blocks) =>
        new(what, $"{blocks:f1} s", $"one graph {single:f1} s", $"{blocks / single:f2}");

    private static double Ratio(Figures figures) => (double)figures.Estimate / figures.Values;

    private static Figures Child(string variant, TemporaryFolder folder, int divisor) =>
        Figures.Parse(ChildProcess.Run(Command, variant, folder.Path, $"{divisor}"));

    /// <summary>One evaluation in this process; its figures go to standard output and its gradient to a file.</summary>
    private static void Measure(bool inBlocks, string folder, Graph.Graph network)
    {
        string[] wrt = ["sample"];
        var runtime = new WatchedRuntime(new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));
        var weights = new CheckpointWeights(WeightSet.Of(SafetensorsFile.Open(Path.Combine(folder, "weights.safetensors"))));
        var whole = Vjp.Differentiate(network, ["prediction"], wrt);
        var blocks = BlockwiseVjp.Differentiate(network, ["prediction"], wrt);
        using var cache = new SessionCache(BlockWeights);
        using IGraphSession session = inBlocks ? new BlockwiseSession(blocks, runtime, weights, cache, "blocks") : runtime.Load(whole, weights);
        var random = new Random(2);
        var inputs = whole.Inputs.ToDictionary(i => i.Name, i => NormalNumbers.Tensor(random, i.Value.Shape));
        inputs["timestep"] = HostTensor.Of(new Shape(1), [500f]);
        var outputs = whole.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        session.Run(inputs, outputs, CancellationToken.None);
        File.WriteAllBytes(
            Path.Combine(folder, inBlocks ? "blocks" : "single"),
            MemoryMarshal.AsBytes(whole.Outputs.SelectMany(o => outputs[o.Name].Floats).ToArray().AsSpan()).ToArray());
        Console.Write(new Figures(runtime.Peak, runtime.Values, runtime.Estimate, runtime.RunSeconds, runtime.LoadSeconds));
    }

    private static Graph.Graph Network(int divisor) => UNet2DCondition.Build(Config(divisor), new UNetShape(1, Side, Side, 77));

    private static UNetConfig Config(int divisor) => new()
    {
        InChannels = 4,
        OutChannels = 4,
        BlockOutChannels = [320 / divisor, 640 / divisor, 1280 / divisor, 1280 / divisor],
        DownDepth = [1, 1, 1, 0],
        UpDepth = [0, 1, 1, 1],
        MidDepth = 1,
        Heads = [8, 8, 8, 8],
        LayersPerBlock = 2,
        CrossAttentionDim = 768,
        NormGroups = 32,
        NormEpsilon = 1e-5f,
        FreqShift = 0,
        FlipSinToCos = true,
        AdditionTimeDim = 0,
        AdditionInputDim = 0,
        SampleSize = Side,
    };

    private static float[] Floats(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();

    /// <summary>Memory means something only where the numbers are the same.</summary>
    private static void RequireEqual(float[] single, float[] blocks)
    {
        var scale = single.Max(Math.Abs);
        var worst = single.Zip(blocks, (a, b) => Math.Abs(a - b)).Max();
        Console.WriteLine($"largest difference {worst / scale:e1} of the scale {scale:e1}");
        if (!(worst <= Tolerance * scale) || !float.IsFinite(scale) || scale == 0)
        {
            throw new InvalidOperationException($"The gradients differ by {worst}, scale {scale}.");
        }
    }

    /// <summary>What one process measured, in bytes and seconds.</summary>
    private sealed record Figures(long Peak, long Values, long Estimate, double RunSeconds, double LoadSeconds)
    {
        public static Figures Parse(string text)
        {
            var parts = text.Split(' ');
            return new Figures(Long(0), Long(1), Long(2), Double(3), Double(4));

            long Long(int index) => long.Parse(parts[index], CultureInfo.InvariantCulture);

            double Double(int index) => double.Parse(parts[index], CultureInfo.InvariantCulture);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Peak} {Values} {Estimate} {RunSeconds} {LoadSeconds}");
    }
}
