using System.Diagnostics;
using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Benchmarks;

/// <summary>
/// What the seam costs a step. A UNet that takes no time stands in for the real one, so that microseconds can be seen: the same run is
/// sampled by a loop without a seam, by the seam without extensions, and by the seam with one hook of each kind that does nothing. The
/// differences are set against a step of the real model, measured in the same process.
/// </summary>
internal static class SeamRows
{
    private const int Turns = 20;
    private const int CallsPerTurn = 20;

    public static IEnumerable<Row> StepCost()
    {
        using var model = PocketModel.Open();
        var plan = PocketModel.Plan(model);
        var instant = new InstantUNet();
        var times = Interleaved.Measure(
            Turns,
            CallsPerTurn,
            () => WithoutSeam(plan, model.Noise, instant),
            () => Sample(plan, model.Noise, instant, []),
            () => Sample(plan, model.Noise, instant, [new RunExtension("idle", "1.0.0", _ => [new NoOpHook()])]));
        var step = RealStep(plan, model);
        var (bare, empty, hooked) = (Micros(times[0]), Micros(times[1]), Micros(times[2]));
        yield return Of("a step through the seam without extensions", empty - bare, step, "<= 1 %");
        yield return Of("a step with one no-op hook of each kind", hooked - bare, step, "<= 2 %");
    }

    private static Row Of(string what, double micros, double step, string goal) =>
        new(what, $"{micros:+0.0;-0.0} µs", $"step {step / 1000:f1} ms", $"{micros / step * 100:f2} %", goal);

    private static double Micros(Timing run) => run.Median * 1000 / PocketModel.Steps;

    /// <summary>Microseconds of a step of the real model.</summary>
    private static double RealStep(SamplingPlan plan, LoadedModel model)
    {
        var unet = new ModelUNet(model);
        Sample(plan, model.Noise, unet, []);
        var started = Stopwatch.GetTimestamp();
        Sample(plan, model.Noise, unet, []);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / PocketModel.Steps;
    }

    private static void Sample(SamplingPlan plan, NoiseSchedule noise, IUNet unet, IReadOnlyList<RunExtension> extensions)
    {
        using var hooks = new HookRun([], extensions, _ => null!, null, TimeProvider.System, CancellationToken.None);
        new LatentSampler(unet, noise).SampleAsync(plan, hooks, new NoNetworks(), (_, _) => { }, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The same run as a plain loop: rows, classifier-free guidance, x0.</summary>
    private static void WithoutSeam(SamplingPlan plan, NoiseSchedule noise, IUNet unet)
    {
        var layout = plan.Layout;
        var sigmas = plan.Sampler.Sigmas(noise, new ScheduleRequest(plan.Steps, plan.Schedule));
        var draws = new LaneNoise([.. plan.Seeds.Select(seed => new TorchCpuGenerator(seed))], [], layout.LaneSize);
        var scale = plan.Sampler.StartScale(sigmas[0]);
        var batcher = new RowBatcher(unet, layout);
        var clock = new StepClock(noise.T);
        var rows = plan.Prompts.RowsOf(layout)(0);
        plan.Sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = Array.ConvertAll(draws.Draw(), value => value * scale),
                Noise = draws.Draw,
                NoiseBetween = draws.Between,
                Denoise = (x, call, stop) =>
                {
                    var step = clock.At(call);
                    var toZ = Math.Sqrt(step.AlphaBar);
                    var row = batcher.Run(rows, Array.ConvertAll(x, v => v * toZ), step, stop)[0];
                    var eps = ClassifierFreeGuidance.Combine(row).Data.Span;
                    var x0 = new double[x.Length];
                    for (var i = 0; i < x0.Length; i++)
                    {
                        x0[i] = x[i] - (step.Sigma * eps[i]);
                    }

                    return Task.FromResult(x0);
                },
            },
            CancellationToken.None).GetAwaiter().GetResult();
    }

    private sealed class InstantUNet : IUNet
    {
        public PredictionType Prediction => PredictionType.Epsilon;

        public int MaxRows => 64;

        public int Granularity => 4;

        public void Predict(HostTensor sample, HostTensor timestep, HostTensor context, HostTensor prediction, CancellationToken cancellationToken) =>
            sample.Floats.CopyTo(prediction.Floats, 0);
    }

    private sealed class NoOpHook : IStartHook, IPlanHook, ICombineHook, IFuseHook, IGuideHook, IBlendHook
    {
        public Task StartAsync(StartContext c) => Task.CompletedTask;

        public void Plan(PlanContext c)
        {
        }

        public Latent Combine(CombineContext c, Func<Latent> next) => next();

        public Latent Fuse(FuseContext c, Func<Latent> next) => next();

        public Task GuideAsync(GuideContext c) => Task.CompletedTask;

        public void Blend(BlendContext c)
        {
        }
    }
}
