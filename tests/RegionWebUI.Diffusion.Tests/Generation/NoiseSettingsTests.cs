using System.Text.Json;
using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Tests.Hooks;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Noise settings of a request at the start of a run.</summary>
public sealed class NoiseSettingsTests
{
    private const double Tolerance = 5e-6;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Fixture")]
    public async Task Start_EveryImageRngEntry_GivesTheLanesA1111sNoise()
    {
        var file = Fixtures.Open("rng.json");
        var entries = file.Json.GetProperty("image_rng");
        var run = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            var shape = entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
            var seeds = entry.GetProperty("seeds").EnumerateArray().Select(s => s.GetInt64()).ToList();

            // A list of variation seeds that is too short cannot be asked for: they count up. Its first picture can.
            var pictures = entry.TryGetProperty("subseeds", out var others) ? Math.Min(seeds.Count, others.GetArrayLength()) : seeds.Count;
            var start = await StartAsync(shape, [.. seeds.Take(pictures)], Settings(entry));

            var scale = start.Sigmas[0];
            var count = pictures * start.Layout.LaneSize;
            var first = file.AsDoubles(entry.GetProperty("first").GetString()!)[..count];
            Near.Absolute(first, Array.ConvertAll(start.X, x => x / scale), Tolerance, $"{run} first");
            foreach (var next in entry.GetProperty("next").EnumerateArray())
            {
                Near.Absolute(file.AsDoubles(next.GetString()!)[..count], start.Noise.Draw(), Tolerance, $"{run} {next}");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(entries.GetArrayLength(), run);
    }

    [Fact]
    public async Task Start_LaneThatAHookAdded_HasItsOwnSeedsNoiseAlone()
    {
        Latent? added = null, asked = null, picture = null;
        var settings = new NoiseSettings
        {
            Device = NoiseDevice.Nv,
            VariationSeed = 5,
            VariationStrength = 0.5,
            ResizeWidth = 64,
            ResizeHeight = 128,
        };
        await StartAsync([4, 8, 8], [7], settings, Hook.Start(c =>
        {
            added = c.Noise(c.AddLane("added", 7, isPicture: false));
            asked = c.Noise(7, 8, 8);
            picture = c.Noise(c.Lanes[0]);
        }));
        var own = StartLane.Draw(new PhiloxGenerator(7), 4, 8, 8).Data.ToArray();

        Assert.Equal(own, added!.Data.ToArray());
        Assert.Equal(own, asked!.Data.ToArray());
        Assert.NotEqual(own, picture!.Data.ToArray());
    }

    [Fact]
    public async Task Generate_VariationOfABatch_OneSeedAndVariationSeedsThatCountUp()
    {
        using var engine = Engine();
        var request = new GenerationRequest
        {
            Seed = 7,
            Steps = 3,
            Width = 64,
            Height = 64,
            BatchSize = 3,
            NoiseSettings = new NoiseSettings { VariationSeed = 4294967295, VariationStrength = 0.25 },
        };

        var batch = await engine.GenerateAsync(request, null, Stop);

        Assert.Equal([7, 7, 7], batch.Pictures.Select(p => p.Seed));
        long[] variations = [4294967295, 0, 1];
        foreach (var (picture, variation) in batch.Pictures.Zip(variations))
        {
            var alone = request with { BatchSize = 1, NoiseSettings = request.NoiseSettings with { VariationSeed = variation } };
            var expected = (await engine.GenerateAsync(alone, null, Stop)).Pictures[0];
            Assert.Equal(expected.Picture.Rgb.ToArray(), picture.Picture.Rgb.ToArray());
            Assert.Equal(expected.Infotext, picture.Infotext);
            Assert.Contains("Seed: 7, Size: 64x64", picture.Infotext, StringComparison.Ordinal);
            Assert.Contains($", Variation seed: {variation}, Variation seed strength: 0.25, RNG: CPU, ", picture.Infotext, StringComparison.Ordinal);
        }

        Assert.NotEqual(batch.Pictures[0].Picture.Rgb.ToArray(), batch.Pictures[1].Picture.Rgb.ToArray());
    }

    [Fact]
    public async Task Generate_WholeVariation_IsTheVariationSeedsPicture()
    {
        using var engine = Engine();
        var request = new GenerationRequest { Seed = 7, Steps = 3, Width = 64, Height = 64 };
        var other = await engine.GenerateAsync(request with { Seed = 9 }, null, Stop);
        var none = await engine.GenerateAsync(request with { NoiseSettings = new() { VariationSeed = 9 } }, null, Stop);
        var whole = await engine.GenerateAsync(request with { NoiseSettings = new() { VariationSeed = 9, VariationStrength = 1 } }, null, Stop);

        Assert.Equal(other.Pictures[0].Picture.Rgb.ToArray(), whole.Pictures[0].Picture.Rgb.ToArray());
        Assert.Equal((await engine.GenerateAsync(request, null, Stop)).Pictures[0].Infotext, none.Pictures[0].Infotext);
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 6)]
    public async Task Generate_FromAPicture_ExactStepsMakesAsManyAsAskedFor(bool exact, int steps)
    {
        using var engine = Engine();
        var levels = new List<StepInfo>();
        var request = new GenerationRequest
        {
            Steps = 6,
            Width = 64,
            Height = 64,
            Init = new(64, 64, new byte[64 * 64 * 3]),
            Strength = 0.5,
            ExactSteps = exact,
        };
        var looking = new RunExtension("looking", "1.0.0", _ => [Hook.Plan(c => levels.Add(c.Step))]);

        var result = await engine.GenerateAsync(request, [looking], null, Stop);

        Assert.Equal(Enumerable.Range(0, steps).Select(i => (i, steps)), levels.Select(l => (l.Index, l.Count)));
        Assert.InRange(levels[0].T, 400, 500);
        Assert.Equal(exact, result.Pictures[0].Infotext.Contains(", Denoising strength: 0.5, RNG: CPU, Exact steps: True", StringComparison.Ordinal));
        Assert.StartsWith("Steps: 6, ", result.Pictures[0].Infotext, StringComparison.Ordinal);
    }

    private static GenerationEngine Engine() => new(LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), TimeProvider.System);

    private static NoiseSettings Settings(JsonElement entry)
    {
        long Of(string name) => entry.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        return new NoiseSettings
        {
            Device = entry.GetProperty("source").ValueEquals("NV") ? NoiseDevice.Nv : NoiseDevice.Cpu,
            VariationSeed = entry.TryGetProperty("subseeds", out var seeds) ? seeds[0].GetInt64() : 0,
            VariationStrength = entry.TryGetProperty("subseed_strength", out var strength) ? strength.GetDouble() : 0,
            ResizeHeight = (int)Of("seed_resize_from_h"),
            ResizeWidth = (int)Of("seed_resize_from_w"),
            EtaNoiseSeedDelta = Of("ensd"),
        };
    }

    private static async Task<LaneStart> StartAsync(int[] shape, IReadOnlyList<long> seeds, NoiseSettings noise, params IHook[] hooks)
    {
        var layout = new LaneLayout([.. seeds.Select((_, i) => new Lane(i, $"picture {i + 1}"))], shape[0], shape[1], shape[2]);
        var plan = new SamplingPlan
        {
            Layout = layout,
            Seeds = seeds,
            Language = new PromptLanguage(new ScheduleSettings(2), new TextSettings()),
            Prompts = RunPrompts.Constant(AnalyticUNet.Prompt(1), AnalyticUNet.Prompt(0), cfgScale: 1),
            Sampler = SamplerCatalog.Resolve("Euler a"),
            Schedule = "Automatic",
            Steps = 2,
            Noise = noise,
        };
        var extensions = hooks.Select((hook, i) => new RunExtension($"test-{i}", "1.0.0", _ => [hook])).ToList();
        using var run = new HookRun([], extensions, _ => null!, null, TimeProvider.System, Stop);
        return await StartStage.RunAsync(run, plan, [14.6, 1, 0], new NoNetworks());
    }
}
