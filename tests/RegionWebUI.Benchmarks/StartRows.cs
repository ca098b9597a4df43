using System.Diagnostics;
using System.Reflection;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;

namespace RegionWebUI.Benchmarks;

/// <summary>What stands before the first picture.</summary>
internal static class StartRows
{
    private const int Turns = 5;
    private const int LoadTurns = 7;
    private const long Mebibyte = 1 << 20;

    /// <summary>The program is built along with the benchmarks, in the same configuration.</summary>
    private static string Configuration =>
        typeof(StartRows).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Sessions built from nothing, the files being in the system's cache.</summary>
    public static IEnumerable<Row> LoadOfTheModel()
    {
        var side = PocketModel.LatentSide;
        var shape = new UNetShape(ModelUNet.SideBySide, side, side, Conditioning.TokensPerChunk);
        yield return Load("load: text encoder", model => model.UseTextEncoder(clipSkip: 1, _ => { }));
        yield return Load("load: UNet", model => model.UseUNet(shape, _ => { }));
        yield return Load("load: VAE decoder", model => model.UseVaeDecoder(side, side, _ => { }));
    }

    /// <summary>The built program in a process of its own: start, model, picture, PNG.</summary>
    public static IEnumerable<Row> GenerateProcess(TemporaryFolder folder)
    {
        var peak = 0L;
        var seconds = Timing.Of([.. Enumerable.Range(0, Turns).Select(_ => Generate(folder, ref peak) / 1000)]);
        yield return new Row("generate, process start to end", $"{seconds.Median:f2} s (best {seconds.Best:f2})");
        yield return new Row("generate, peak memory", $"{peak / Mebibyte} MiB", Goal: "<= 600 MiB");
    }

    private static Row Load(string what, Action<LoadedModel> load)
    {
        var milliseconds = Timing.Of([.. Enumerable.Range(0, LoadTurns).Select(_ =>
        {
            using var model = PocketModel.Open();
            var started = Stopwatch.GetTimestamp();
            load(model);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        })]);
        return new Row(what, $"{milliseconds.Median:f0} ms (best {milliseconds.Best:f0})");
    }

    private static double Generate(TemporaryFolder folder, ref long peak)
    {
        var program = Repository.Path("src", "RegionWebUI", "bin", Configuration, "net10.0", "regionwebui.dll");
        string[] arguments =
        [
            program, "generate", "--prompt", PocketModel.Request.Prompt, "--model", Repository.PocketModel, "--out", folder.File("picture.png"),
        ];
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        while (!process.WaitForExit(milliseconds: 2))
        {
            peak = Math.Max(peak, ResidentMemory.PeakOf(process.Id));
        }

        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return process.ExitCode == 0
            ? elapsed
            : throw new InvalidOperationException($"generate ended with {process.ExitCode}: {process.StandardError.ReadToEnd()}");
    }
}
