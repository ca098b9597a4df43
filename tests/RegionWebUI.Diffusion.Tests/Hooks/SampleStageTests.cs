using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Samplers;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>Whole runs of the engine with a sampler that an extension brought.</summary>
public class SampleStageTests
{
    private static readonly GenerationRequest _request = new()
    {
        Prompt = "a cat",
        Seed = 7,
        Steps = 5,
        Width = 64,
        Height = 64,
        Sampler = "own",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_NamedSampler_MakesThePictureAndIsWrittenDown()
    {
        using var engine = Engine();
        var expected = await engine.GenerateAsync(_request with { Sampler = "Euler" }, null, Stop);

        var result = await engine.GenerateAsync(_request, [Own(c => OwnSampler.EulerAsync(c))], null, Stop);

        Assert.Equal(expected.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        Assert.Equal("Own", result.Sampler);
        Assert.Contains("Sampler: Own, ", result.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.Contains("Extensions: brings 1.2.3", result.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.Equal(["brings 1.2.3"], result.Hooks.Extensions);
        var use = Assert.Single(result.Hooks.Summary());
        Assert.Equal(("brings", HookKind.Sample, 1), (use.Extension, use.Kind, use.Calls));
    }

    [Fact]
    public async Task Generate_AnotherSampler_ShowsNoTraceOfTheExtension()
    {
        using var engine = Engine();
        var without = await engine.GenerateAsync(_request with { Sampler = "Euler" }, null, Stop);

        var result = await engine.GenerateAsync(_request with { Sampler = "Euler" }, [Own(c => OwnSampler.EulerAsync(c))], null, Stop);

        Assert.Equal(without.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        Assert.Equal(without.Pictures[0].Infotext, result.Pictures[0].Infotext);
        Assert.Empty(result.Hooks.Extensions);
        Assert.Empty(result.Hooks.Calls);
    }

    [Fact]
    public async Task Generate_SamplerThatNobodyBrings_IsRefusedWithTheNearest()
    {
        using var engine = Engine();
        var refused = await Assert.ThrowsAsync<BadInputException>(() => engine.GenerateAsync(_request, null, Stop));
        Assert.StartsWith("There is no sampler 'own'; the nearest is '", refused.Message, StringComparison.Ordinal);

        refused = await Assert.ThrowsAsync<BadInputException>(
            () => engine.GenerateAsync(_request with { Sampler = "Owl" }, [Own(c => OwnSampler.EulerAsync(c))], null, Stop));
        Assert.StartsWith("There is no sampler 'Owl'; the nearest is 'Own' (all: DPM++ 2M, ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SamplerThrows_TheRunEndsWithOneSentenceThatNamesBoth()
    {
        using var engine = Engine();
        var own = Own(async c =>
        {
            await c.AfterStepAsync(c.X, 0, await c.DenoiseAsync(c.X, 0, 1));
            await c.DenoiseAsync(c.X, 1, 1);
            throw new InvalidOperationException("broken\non purpose.");
        });

        var failed = await Assert.ThrowsAsync<SamplerFailureException>(() => engine.GenerateAsync(_request, [own], null, Stop));

        Assert.Equal(
            "The extension 'brings' 1.2.3 failed (sample, step 2: InvalidOperationException: broken on purpose), "
            + "and there is no picture without its sampler 'Own'.",
            failed.Message);
        Assert.Contains("SampleStageTests.cs", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_HookOfTheSamplersExtensionThrows_TheRunEndsToo()
    {
        using var engine = Engine();
        var own = Own(c => OwnSampler.EulerAsync(c), Hook.Blend(_ => throw new InvalidOperationException("no")));

        var failed = await Assert.ThrowsAsync<SamplerFailureException>(() => engine.GenerateAsync(_request, [own], null, Stop));

        Assert.Equal(HookKind.Blend, failed.Failure.Kind);
    }

    [Fact]
    public async Task Generate_HookOfAnotherExtensionThrows_OnlyThatIsLeftOut()
    {
        using var engine = Engine();
        var own = Own(c => OwnSampler.EulerAsync(c));
        var without = await engine.GenerateAsync(_request, [own], null, Stop);
        var bad = new RunExtension("bad", "1.0.0", run => [Hook.Guide(c => _ = c.Step.Index == 3 ? throw new InvalidOperationException("no") : 0)]);

        var result = await engine.GenerateAsync(_request, [bad, own], null, Stop);

        Assert.Equal(without.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        Assert.Equal("bad", Assert.Single(result.Hooks.Failures).Extension);
    }

    [Fact]
    public async Task Generate_Parameters_ReachTheSampler()
    {
        using var engine = Engine();
        var seen = new List<string>();
        var own = Own(c =>
        {
            seen.AddRange(c.Run.Parameters<List<string>>());
            seen.Add(c.Run.Request.Prompt);
            return OwnSampler.EulerAsync(c);
        }) with
        {
            Parameters = () => new List<string> { "of the extension" },
            Values = [new("order", "3")],
        };

        var result = await engine.GenerateAsync(_request, [own], null, Stop);

        Assert.Equal(["of the extension", "a cat"], seen);
        Assert.Contains("ext/brings/order: 3", result.Pictures[0].Infotext, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_DeviceFailsUnderTheSampler_IsTheDevicesFault()
    {
        using var engine = Engine((network, runs) =>
            _ = network == "unet" && runs == 2 ? throw new RuntimeFailureException("The device was removed.") : 0);
        var swallowing = Own(async c =>
        {
            try
            {
                return await OwnSampler.EulerAsync(c);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException("around", error);
            }
        });

        await Assert.ThrowsAsync<DeviceException>(() => engine.GenerateAsync(_request, [swallowing], null, Stop));
    }

    [Fact]
    public async Task Generate_CancelledUnderTheSampler_IsNobodysFault()
    {
        using var ending = new CancellationTokenSource();
        using var engine = Engine((network, runs) =>
        {
            if (network == "unet" && runs == 2)
            {
                ending.Cancel();
            }
        });
        var own = Own(c => OwnSampler.EulerAsync(c));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.GenerateAsync(_request, [own], null, ending.Token));
    }

    [Fact]
    public async Task Generate_ModelGivesNoNumbers_IsNotTheSamplersFault()
    {
        using var engine = new GenerationEngine(
            LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime { Spoil = network => network == "unet" }), TimeProvider.System);
        var own = Own(c => OwnSampler.EulerAsync(c));

        var usual = await Record.ExceptionAsync(() => engine.GenerateAsync(_request with { Sampler = "Euler" }, null, Stop));
        var error = await Record.ExceptionAsync(() => engine.GenerateAsync(_request, [own], null, Stop));

        Assert.Equal(usual?.Message, error?.Message);
    }

    private static GenerationEngine Engine(Action<string, int>? beforeRun = null) => new(
        LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime { BeforeRun = beforeRun ?? ((_, _) => { }) }), TimeProvider.System);

    private static RunExtension Own(Func<SamplerContext, Task<double[]>> sample, params IHook[] hooks) =>
        new("brings", "1.2.3", _ => hooks) { Samplers = [new RunSampler(new OwnSampler(sample))] };
}
