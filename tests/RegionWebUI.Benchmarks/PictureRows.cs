using System.Diagnostics;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Benchmarks;

/// <summary>A whole picture by the warm engine, and what its sampler costs beside ONNX Runtime.</summary>
internal static class PictureRows
{
    private const int Turns = 5;
    private const int CallsPerTurn = 2;
    private const int ProfiledRuns = 5;

    public static IEnumerable<Row> WholePicture()
    {
        using var engine = new GenerationEngine(PocketModel.Open(), TimeProvider.System);
        var watched = new PreviewCounter();
        var times = Interleaved.Measure(Turns, CallsPerTurn, () => Make(engine, null), () => Make(engine, watched));
        yield return new Row(
            "picture, 128 px, 20 steps DDIM, CFG 5", $"{times[0].Median / 1000:f2} s (best {times[0].Best / 1000:f2})", Goal: "<= 0.80 s");
        yield return new Row(
            $"the same with previews ({(double)watched.Count / watched.Runs:f1} a picture)",
            $"{times[1].Median / 1000:f2} s (best {times[1].Best / 1000:f2})",
            "no preview",
            $"{times[1].Median / times[0].Median:f2}");
    }

    /// <summary>
    /// Time of the sampler's steps beyond the time in which ONNX Runtime was running, by its own profile of the same runs. Writing the
    /// profile slows ONNX Runtime itself down, so these runs are not the ones that are timed above.
    /// </summary>
    public static IEnumerable<Row> SamplerOverhead(TemporaryFolder folder)
    {
        using var model = PocketModel.Open(folder.File("profile"));
        var plan = PocketModel.Plan(model);
        var sampler = new LatentSampler(new ModelUNet(model), model.Noise);
        Sample();
        var steps = Enumerable.Range(0, ProfiledRuns).Sum(_ => Sample());
        var profile = "";
        model.UseUNet(
            new UNetShape(ModelUNet.RowsPerCall, PocketModel.LatentSide, PocketModel.LatentSide, Conditioning.TokensPerChunk),
            session => profile = ((OrtGraphSession)session).EndProfiling());
        var native = OrtProfile.RunningMilliseconds(profile, ProfiledRuns * PocketModel.Steps * ModelUNet.RowsPerCall);
        yield return new Row(
            "20 sampler steps beyond ONNX Runtime (profiled)",
            $"{(steps - native) / ProfiledRuns:f1} ms",
            $"ONNX Runtime {native / ProfiledRuns:f0} ms",
            $"{(steps - native) / native * 100:f1} %",
            "<= 3 %");

        double Sample()
        {
            var started = Stopwatch.GetTimestamp();
            sampler.SampleAsync(plan, _ => { }, CancellationToken.None).GetAwaiter().GetResult();
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    private static void Make(GenerationEngine engine, PreviewCounter? observer)
    {
        if (observer is not null)
        {
            observer.Runs++;
        }

        engine.GenerateAsync(PocketModel.Request, observer, CancellationToken.None).GetAwaiter().GetResult();
    }
}
