using System.Diagnostics;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Benchmarks;

/// <summary>
/// Whole runs through the sampler: without guidance, guided by <see cref="ClipGuidance"/>, and the same in PyTorch, in turns. A run's time
/// over its steps is a step.
/// </summary>
internal static class GuidedStepRows
{
    private const int Turns = 3;
    private const int ExactSteps = 5;
    private const int Jobs = 5;

    /// <summary>The gradient goes through the decoder and CLIP.</summary>
    public static IEnumerable<Row> Frozen()
    {
        var (plain, guided, torch) = Measure(isExact: false, PocketModel.Steps);
        yield return GradientRows.Compare("guided step, 4 cutouts", guided, "plain step", plain, "<= 3.00", PocketModel.Steps);
        yield return GradientRows.Compare("the same", guided, "PyTorch", torch, "<= 1.00", PocketModel.Steps);
    }

    /// <summary>The gradient goes through the UNet too, with both halves of classifier-free guidance.</summary>
    public static IEnumerable<Row> Exact()
    {
        var (plain, guided, torch) = Measure(isExact: true, ExactSteps);
        yield return GradientRows.Compare("guided step through the UNet", guided, "plain step", plain, "", ExactSteps);
        yield return GradientRows.Compare("the same", guided, "PyTorch", torch, "", ExactSteps);
    }

    /// <summary>
    /// What starting to guide costs a run: until the first gradient is there, less that evaluation and less what an unguided run takes to
    /// the same place.
    /// </summary>
    public static IEnumerable<Row> SecondJob()
    {
        using var engine = new GenerationEngine(PocketModel.Open(), TimeProvider.System);
        Unguided(engine);
        var first = Guided(engine);
        var (later, unguided) = (new List<(double Until, double Evaluation)>(), new List<double>());
        for (var job = 0; job < Jobs; job++)
        {
            unguided.Add(Unguided(engine));
            later.Add(Guided(engine));
        }

        var (reach, evaluation) = (Timing.Of(unguided).Median, Timing.Of([.. later.Select(l => l.Evaluation)]).Median);
        var overheads = Timing.Of([.. later.Select(l => l.Until - evaluation - reach)]);
        var against = $"evaluation {evaluation:f0} ms";
        yield return new Row("first job: beginning to guide", $"{first.Until - evaluation - reach:f0} ms", against);
        yield return new Row(
            "second job: beginning to guide", $"{overheads.Median:f1} ms (best {overheads.Best:f1})", against, Goal: "<= 50 ms");
    }

    /// <summary>One run of the sampler.</summary>
    public static double[] Sample(LoadedModel model, SamplingPlan plan, ClipGuidance? guidance)
    {
        IReadOnlyList<RunExtension> extensions = guidance is null ? [] : [new RunExtension("guidance", "1.0.0", _ => [guidance])];
        using var hooks = new HookRun([], extensions, _ => null!, null, TimeProvider.System, CancellationToken.None);
        return new LatentSampler(new ModelUNet(model), model.Noise)
            .SampleAsync(plan, hooks, PocketModel.Networks(model, plan), (_, _) => { }, CancellationToken.None).GetAwaiter().GetResult().Z;
    }

    private static (Timing Plain, Timing Guided, Timing Torch) Measure(bool isExact, int steps)
    {
        using var model = PocketModel.Open();
        var plan = PocketModel.Plan(model) with { Steps = steps };
        var guidance = new ClipGuidance(isExact);
        var z = Sample(model, plan, guidance);
        var words = PocketModel.WordsAsync(PocketModel.Networks(model, plan)).GetAwaiter().GetResult();
        using var torch = new TorchGuidance(guidance.Inputs with { Words = words });
        var finished = torch.Run(isExact);
        var name = isExact ? "guided run through the UNet" : "guided run";
        Gradients.RequireEqual($"{name}, first gradient", guidance.FirstGradient, torch.FirstGradient);
        Gradients.RequireEqual($"{name}, finished state", Array.ConvertAll(z, v => (float)v), finished);
        var times = Interleaved.Measure(
            Turns,
            1,
            () => Sample(model, plan, null),
            () => Sample(model, plan, new ClipGuidance(isExact)),
            () => torch.Run(isExact));
        return (times[0], times[1], times[2]);
    }

    private static (double Until, double Evaluation) Guided(GenerationEngine engine)
    {
        var guidance = new ClipGuidance(isExact: false);
        var started = Run(engine, guidance);
        return (Stopwatch.GetElapsedTime(started, guidance.FirstEvaluated).TotalMilliseconds, Timing.Of([.. guidance.Evaluations.Skip(1)]).Median);
    }

    private static double Unguided(GenerationEngine engine)
    {
        var watch = new FirstGuide();
        var started = Run(engine, watch);
        return Stopwatch.GetElapsedTime(started, watch.Reached).TotalMilliseconds;
    }

    private static long Run(GenerationEngine engine, IHook hook)
    {
        var started = Stopwatch.GetTimestamp();
        engine.GenerateAsync(PocketModel.Request, [new RunExtension("guidance", "1.0.0", _ => [hook])], null, CancellationToken.None)
            .GetAwaiter().GetResult();
        return started;
    }

    /// <summary>Notes when a run first comes to where it could be guided.</summary>
    private sealed class FirstGuide : IGuideHook
    {
        public long Reached { get; private set; }

        public Task GuideAsync(GuideContext c)
        {
            Reached = Reached == 0 ? Stopwatch.GetTimestamp() : Reached;
            return Task.CompletedTask;
        }
    }
}
