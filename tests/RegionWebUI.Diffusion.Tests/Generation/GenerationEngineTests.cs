using Microsoft.Extensions.Time.Testing;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>The engine on a scripted backend: order, batches, cancellation and failure, without native code.</summary>
public class GenerationEngineTests
{
    private static readonly GenerationRequest _request = new() { Prompt = "a cat", Seed = 7, Steps = 5, Width = 64, Height = 64 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_Phases_ComeInOrderAndStepsCountUp()
    {
        using var engine = Engine(new ScriptedGraphRuntime());
        var observer = new Recorder();

        var result = await engine.GenerateAsync(_request, observer, Stop);

        Assert.Equal([GenerationPhase.Loading, GenerationPhase.Encoding, GenerationPhase.Sampling, GenerationPhase.Decoding], observer.Phases);
        Assert.Equal([(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)], observer.Steps);
        Assert.Equal((64, 64), (result.Pictures[0].Picture.Width, result.Pictures[0].Picture.Height));
        Assert.Equal("DDIM", result.Sampler);
    }

    [Fact]
    public async Task Generate_Batch_EachPictureEqualsItsSeedAlone()
    {
        using var engine = Engine(new ScriptedGraphRuntime());
        var sampler = _request with { Sampler = "euler A", BatchSize = 3 };

        var batch = await engine.GenerateAsync(sampler, null, Stop);

        Assert.Equal([7, 8, 9], batch.Pictures.Select(p => p.Seed));
        foreach (var picture in batch.Pictures)
        {
            var alone = await engine.GenerateAsync(sampler with { BatchSize = 1, Seed = picture.Seed }, null, Stop);
            Assert.Equal(alone.Pictures[0].Picture.Rgb.ToArray(), picture.Picture.Rgb.ToArray());
            Assert.Equal(alone.Pictures[0].Infotext, picture.Infotext);
        }
    }

    [Fact]
    public async Task Generate_CfgScale1_RunsThePromptAloneAndIgnoresTheNegative()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        var plain = await engine.GenerateAsync(_request with { CfgScale = 1 }, null, Stop);
        var negative = await engine.GenerateAsync(_request with { CfgScale = 1, NegativePrompt = "a dog" }, null, Stop);
        var guided = await engine.GenerateAsync(_request with { CfgScale = 9, NegativePrompt = "a dog" }, null, Stop);

        Assert.Equal(plain.Pictures[0].Picture.Rgb.ToArray(), negative.Pictures[0].Picture.Rgb.ToArray());
        Assert.NotEqual(plain.Pictures[0].Picture.Rgb.ToArray(), guided.Pictures[0].Picture.Rgb.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Generate_CancelledAtACall_MakesNoFurtherCallAndTheNextRunIsFresh(int call)
    {
        using var cancel = new CancellationTokenSource();
        var armed = true;
        var runtime = new ScriptedGraphRuntime
        {
            BeforeRun = (network, before) =>
            {
                if (armed && network == "unet" && before == call)
                {
                    armed = false;
                    cancel.Cancel();
                }
            },
        };
        using var engine = Engine(runtime);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.GenerateAsync(_request, null, cancel.Token));
        Assert.Equal(call + 1, runtime.Runs.Count(r => r == "unet"));
        var next = await engine.GenerateAsync(_request, null, Stop);

        using var other = Engine(new ScriptedGraphRuntime());
        var fresh = await other.GenerateAsync(_request, null, Stop);
        Assert.Equal(fresh.Pictures[0].Picture.Rgb.ToArray(), next.Pictures[0].Picture.Rgb.ToArray());
    }

    [Fact]
    public async Task Generate_DeviceFails_SaysSoAndTheNextRunWorks()
    {
        var failing = true;
        var runtime = new ScriptedGraphRuntime
        {
            BeforeRun = (network, _) =>
            {
                if (failing && network == "unet")
                {
                    failing = false;
                    throw new RuntimeFailureException("The device was removed.");
                }
            },
        };
        using var engine = Engine(runtime);

        var error = await Assert.ThrowsAsync<DeviceException>(() => engine.GenerateAsync(_request, null, Stop));
        await engine.GenerateAsync(_request, null, Stop);

        Assert.Equal("The device was removed.", error.Message);
    }

    [Fact]
    public async Task Generate_BadRequest_IsRefusedBeforeAnythingIsLoaded()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        var error = await Assert.ThrowsAsync<BadInputException>(() => engine.GenerateAsync(_request with { Steps = 0 }, null, Stop));

        Assert.Equal("Steps", error.Field);
        Assert.Equal(0, runtime.Loads);
    }

    [Theory]
    [InlineData("(a:1..2)", "", 1, "Prompt", "character 4")]
    [InlineData("a", "b (a:1..2)", 1, "NegativePrompt", "character 6")]
    [InlineData("(a:[1..2:2..3:9])", "", 1, "Prompt", "character 5")]
    [InlineData("a", "", 5, "ClipSkip", "from 1 to 4 with the model 'pocket', not 5")]
    public async Task Generate_WordsThatCannotBeRead_AreRefusedBeforeAnythingIsLoaded(
        string prompt, string negative, int clipSkip, string field, string says)
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);
        var request = _request with { Prompt = prompt, NegativePrompt = negative, TextSettings = new TextSettings { ClipSkip = clipSkip } };

        var error = await Assert.ThrowsAsync<BadInputException>(() => engine.GenerateAsync(request, null, Stop));

        Assert.Equal((field, 0), (error.Field, runtime.Loads));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_TextSettings_AreInTheInfotextAtA1111sPlaces()
    {
        using var engine = Engine(new ScriptedGraphRuntime());
        var settings = new TextSettings { ClipSkip = 2, Emphasis = EmphasisMode.NoNorm, OldSchedules = true };

        var plain = await engine.GenerateAsync(_request, null, Stop);
        var set = await engine.GenerateAsync(_request with { Prompt = "a BREAK b", TextSettings = settings }, null, Stop);

        Assert.DoesNotContain("Emphasis", plain.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.DoesNotContain("Pad conds", plain.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.Contains(
            "Model: pocket, Clip skip: 2, RNG: CPU, Emphasis: No norm, Old prompt editing timelines: True, Pad conds: True, Version: ",
            set.Pictures[0].Infotext,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_ClipSkip_TakesAnotherNetworkAndAnotherPicture()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        await engine.GenerateAsync(_request, null, Stop);
        await engine.GenerateAsync(_request with { TextSettings = new TextSettings { ClipSkip = 4 } }, null, Stop);

        Assert.Equal((4, 4), (runtime.Loads, runtime.Runs.Count(r => r == "text-encoder")));
    }

    [Fact]
    public async Task Generate_UnguidedOddBatch_NeedsNoMoreSessionsThanOnePicture()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        await engine.GenerateAsync(_request with { CfgScale = 1, BatchSize = 3 }, null, Stop);

        Assert.Equal(3, runtime.Loads);
    }

    [Fact]
    public async Task Generate_GreatestSeedInABatch_GoesOnFromZero()
    {
        using var engine = Engine(new ScriptedGraphRuntime());

        var result = await engine.GenerateAsync(_request with { Seed = RequestLimits.MaxSeed, BatchSize = 2 }, null, Stop);

        Assert.Equal([RequestLimits.MaxSeed, 0], result.Pictures.Select(p => p.Seed));
    }

    [Fact]
    public async Task Generate_NetworkGivesNoNumbers_IsAModelErrorAndNoPicture()
    {
        using var engine = Engine(new ScriptedGraphRuntime { Spoil = network => network == "unet" });

        var error = await Assert.ThrowsAsync<ModelException>(() => engine.GenerateAsync(_request, null, Stop));

        Assert.Contains("no numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SecondRunOfASize_BuildsNoSession()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);
        await engine.GenerateAsync(_request, null, Stop);
        var loads = runtime.Loads;

        await engine.GenerateAsync(_request with { Seed = 8 }, null, Stop);
        Assert.Equal(loads, runtime.Loads);
        await engine.GenerateAsync(_request with { Width = 72 }, null, Stop);
        Assert.Equal(loads + 2, runtime.Loads);
    }

    [Fact]
    public async Task Warm_ThenARunOfTheUsualSize_BuildsNoSession()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        await engine.WarmAsync(Stop);
        var loads = runtime.Loads;
        Assert.Empty(runtime.Runs);
        await engine.GenerateAsync(new GenerationRequest { Prompt = "a cat", Steps = 2 }, null, Stop);

        Assert.Equal((3, 3), (loads, runtime.Loads));
    }

    [Fact]
    public async Task Generate_LongPrompt_PadsTheShorterOneToAsManyChunks()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        await engine.GenerateAsync(_request with { Prompt = string.Join(' ', Enumerable.Repeat("cat", 100)), NegativePrompt = "dog" }, null, Stop);

        Assert.Equal(4, runtime.Runs.Count(r => r == "text-encoder"));
    }

    [Fact]
    public async Task Generate_CfgScale1AndALongNegative_AddsNoChunkToThePrompt()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        await engine.GenerateAsync(
            _request with { CfgScale = 1, NegativePrompt = string.Join(' ', Enumerable.Repeat("dog", 100)) }, null, Stop);

        Assert.Equal(2, runtime.Runs.Count(r => r == "text-encoder"));
    }

    [Theory]
    [InlineData("DPM++ 2M", "Automatic", "Schedule type: Karras")]
    [InlineData("Euler", "Automatic", "Schedule type: Automatic")]
    [InlineData("Euler", "uniform", "Schedule type: Uniform")]
    [InlineData("k_euler_a", "Karras", "Schedule type: Karras", "Euler a")]
    public async Task Generate_Infotext_IsA1111s(string sampler, string schedule, string expected, string? canonical = null)
    {
        using var engine = Engine(new ScriptedGraphRuntime());

        var result = await engine.GenerateAsync(_request with { Sampler = sampler, Schedule = schedule, CfgScale = 4.5 }, null, Stop);

        var text = result.Pictures[0].Infotext;
        var start = $"a cat\nSteps: 5, Sampler: {canonical ?? sampler}, {expected}, CFG scale: 4.5, Seed: 7, Size: 64x64, Model hash: ";
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Contains("Model: pocket, RNG: CPU, Version: RegionWebUI ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_PreviewsNotWanted_DecodesOnce()
    {
        var runtime = new ScriptedGraphRuntime();
        using var engine = Engine(runtime);

        await engine.GenerateAsync(_request, new Recorder { WantsPreviews = false }, Stop);

        Assert.Equal(1, runtime.Runs.Count(r => r == "vae-decoder"));
    }

    private static GenerationEngine Engine(ScriptedGraphRuntime runtime) =>
        new(LoadedModel.Open(Repository.PocketModel, runtime), new FakeTimeProvider());

    private sealed class Recorder : IGenerationObserver
    {
        public List<GenerationPhase> Phases { get; } = [];

        public List<(int Step, int Steps)> Steps { get; } = [];

        public bool WantsPreviews { get; init; }

        public void OnPhase(GenerationPhase phase) => Phases.Add(phase);

        public void OnStep(int step, int steps) => Steps.Add((step, steps));

        public void OnPreview(Image picture, int step)
        {
        }
    }
}
