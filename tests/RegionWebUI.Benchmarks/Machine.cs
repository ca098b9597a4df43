using System.Runtime.InteropServices;
using RegionWebUI.Onnx.Native;
using TorchSharp;

namespace RegionWebUI.Benchmarks;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    /// <summary>Threads that both ONNX Runtime and PyTorch may use.</summary>
    public static int Threads => Environment.ProcessorCount;

    public static string Line => string.Join(
        "; ",
        $"{Processor()}, {Environment.ProcessorCount} cores, {Threads} threads",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        $"ONNX Runtime {OrtApi.Version}",
        $"PyTorch {torch.__version__}");

    /// <summary>Gives PyTorch as many threads as the program uses.</summary>
    public static void UseThreads() => torch.set_num_threads(Threads);

    private static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var line = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(": ")[^1] ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
