using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Samplers;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>A whole run over the analytic UNet, hooked as extensions hook it.</summary>
internal sealed record SeamRun
{
    public IUNet UNet { get; init; } = new AnalyticUNet();

    public string Sampler { get; init; } = "DDIM";

    /// <summary>A sampler of an extension, in place of the named one.</summary>
    public ISampler? Own { get; init; }

    public int Steps { get; init; } = 20;

    public int Lanes { get; init; } = 1;

    public int Side { get; init; } = 8;

    public double CfgScale { get; init; } = 1;

    public Conditioning Positive { get; init; } = AnalyticUNet.Prompt(1);

    public Conditioning Negative { get; init; } = AnalyticUNet.Prompt(0);

    /// <summary>What each model call uses; null takes <see cref="Positive"/> and <see cref="Negative"/> in all of them.</summary>
    public RunPrompts? Prompts { get; init; }

    /// <summary>What else departs from the plan of a plain run.</summary>
    public Func<SamplingPlan, SamplingPlan> With { get; init; } = plan => plan;

    /// <summary>Final z of each lane.</summary>
    public async Task<IReadOnlyList<Latent>> RunAsync(params IHook[] hooks)
    {
        var extensions = hooks.Select((hook, i) => new RunExtension($"test-{i}", "1.0.0", _ => [hook])).ToList();
        using var run = new HookRun([], extensions, _ => null!, null, TimeProvider.System, CancellationToken.None);
        var layout = new LaneLayout([.. Enumerable.Range(0, Lanes).Select(i => new Lane(i, $"picture {i + 1}"))], 4, Side, Side);
        var plan = new SamplingPlan
        {
            Layout = layout,
            Seeds = [.. layout.Lanes.Select(l => 7L + l.Index)],
            Language = new PromptLanguage(new ScheduleSettings(Steps), new TextSettings()),
            Prompts = Prompts ?? RunPrompts.Constant(Positive, Negative, CfgScale),
            Sampler = Own is null ? SamplerCatalog.Resolve(Sampler) : new ExtensionSampler(new RunSampler(Own), () => null!),
            SamplerOwner = Own is null ? null : new HookOwner("own", "1.0.0"),
            Schedule = "Automatic",
            Steps = Steps,
        };
        var done = await new LatentSampler(UNet, NoiseSchedule.StableDiffusion)
            .SampleAsync(With(plan), run, new NoNetworks(), (_, _) => { }, CancellationToken.None);
        return [.. done.Start.Layout.Lanes.Select(lane => done.Start.Layout.Latent(done.Z, lane))];
    }
}
