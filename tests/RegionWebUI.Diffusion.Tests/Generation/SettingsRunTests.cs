using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Tests.Hooks;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Settings of a request in whole runs over the analytic UNet.</summary>
public sealed class SettingsRunTests
{
    private const int Steps = 6;
    private static readonly string[] _schedules = ["Automatic", "Karras", "Beta", "Uniform", "DDIM", "Polyexponential"];
    private static readonly NoiseSettings _plain = new();

    private static readonly SamplerSettings _everything = new()
    {
        Eta = 0.6,
        SigmaChurn = 4,
        SigmaTmin = 0.2,
        SigmaTmax = 8,
        SigmaNoise = 1.05,
        ScheduleRho = 3,
        ScheduleSigmaMin = 0.05,
        ScheduleSigmaMax = 12,
        BetaAlpha = 0.5,
        BetaBeta = 0.8,
        DiscardNextToLastSigma = true,
        DropLastCall = true,
        UniPcVariant = UniPcVariant.Bh2,
        UniPcSkip = UniPcSkip.TimeQuadratic,
        UniPcOrder = 2,
        UniPcLowerOrderFinal = false,
    };

    public static TheoryData<string> Samplers => [.. SamplerCatalog.Names];

    [Theory]
    [MemberData(nameof(Samplers))]
    public async Task IsUsed_EverySettingAndSchedule_IsWhetherTheRunChanges(string sampler)
    {
        foreach (var schedule in _schedules)
        {
            var request = new GenerationRequest { Sampler = sampler, Schedule = schedule };
            foreach (var (field, change) in Changes(sampler))
            {
                // Churn's range shows only where there is churn, and a restart only where there are steps for it.
                var before = new SamplerSettings { SigmaChurn = field is "SigmaTmin" or "SigmaTmax" or "SigmaNoise" ? 5 : 0 };
                var steps = sampler == "Restart" && field == "SigmaNoise" ? 20 : Steps;
                var plain = await RunAsync(sampler, schedule, before, _plain, steps);
                var changed = await RunAsync(sampler, schedule, change(before), _plain, steps);

                Assert.True(
                    SettingsUse.IsUsed(request, field) == !plain.Data.Span.SequenceEqual(changed.Data.Span), $"{field} of {sampler} over {schedule}");
            }

            var ensd = await RunAsync(sampler, schedule, new SamplerSettings(), new NoiseSettings { EtaNoiseSeedDelta = 31337 }, Steps);
            var without = await RunAsync(sampler, schedule, new SamplerSettings(), _plain, Steps);
            Assert.Equal(
                SettingsUse.IsUsed(request, nameof(NoiseSettings.EtaNoiseSeedDelta)), !ensd.Data.Span.SequenceEqual(without.Data.Span));
        }
    }

    [Theory]
    [InlineData("Euler", "Karras")]
    [InlineData("Euler a", "Polyexponential")]
    [InlineData("DPM++ 2S a", "Beta")]
    [InlineData("DPM++ 2M SDE", "Exponential")]
    [InlineData("DPM fast", "Karras")]
    [InlineData("DDIM", "Automatic")]
    [InlineData("UniPC", "Automatic")]
    public async Task SampleAsync_EverySetting_RunsAsTheSamplerAloneWithTheseOptions(string name, string schedule)
    {
        var sampler = SamplerCatalog.Resolve(name);
        var sigmas = sampler.Sigmas(NoiseSchedule.StableDiffusion, new ScheduleRequest(Steps, schedule)
        {
            Options = new ScheduleOptions
            {
                Rho = 3,
                SigmaMin = 0.05,
                SigmaMax = 12,
                BetaAlpha = 0.5,
                BetaBeta = 0.8,
                UniPcSkip = UniPcSkip.TimeQuadratic,
                DropLastCall = true,
                DiscardNextToLastSigma = true,
            },
        });
        var generator = new TorchCpuGenerator(7);
        var start = generator.Randn(64).Select(v => v * sampler.StartScale(sigmas[0])).ToArray();
        var path = new BrownianTree(7, sigmas.Last(sigma => sigma > 0), sigmas[0], 64);
        var x = await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = start,
                Noise = () => Array.ConvertAll(generator.Randn(64), v => (double)v),
                NoiseBetween = path.Between,
                Denoise = (x, call, _) => Task.FromResult(Denoised(sampler, x, call.Sigma)),
                Options = new SamplerOptions
                {
                    Eta = 0.6,
                    SChurn = 4,
                    STmin = 0.2,
                    STmax = 8,
                    SNoise = 1.05,
                    UniPcVariant = UniPcVariant.Bh2,
                    UniPcOrder = 2,
                    UniPcLowerOrderFinal = false,
                },
            },
            TestContext.Current.CancellationToken);
        var toZ = Math.Sqrt(NoiseSchedule.AlphaBarOf(sigmas[^1]));

        var z = await RunAsync(name, schedule, _everything, _plain, Steps);

        Assert.Equal(x.Select(v => (float)(v * toZ)), z.Data.ToArray());
    }

    [Fact]
    public void SamplerOptions_Defaults_AreTheSamplersOwn()
    {
        Assert.Equal(new SamplerOptions(), SettingsMapping.SamplerOptions(new SamplerSettings()));
        Assert.Equal(new ScheduleOptions { BetaAlpha = 0.6, BetaBeta = 0.6 }, SettingsMapping.ScheduleOptions(new SamplerSettings()));
    }

    private static double[] Denoised(Sampler sampler, double[] x, double sigma)
    {
        var toZ = Math.Sqrt(NoiseSchedule.AlphaBarOf(sigma));
        var t = (float)sampler.Timestep(NoiseSchedule.StableDiffusion, sigma);
        var eps = AnalyticUNet.Eps(Array.ConvertAll(x, v => (double)(float)(v * toZ)), 4, t, 1);
        return [.. x.Zip(eps, (v, e) => v - (sigma * (float)e))];
    }

    private static Dictionary<string, Func<SamplerSettings, SamplerSettings>> Changes(string sampler) => new()
    {
        [nameof(SamplerSettings.Eta)] = s => s with { Eta = 0.5 },
        [nameof(SamplerSettings.SigmaChurn)] = s => s with { SigmaChurn = 5 },
        [nameof(SamplerSettings.SigmaTmin)] = s => s with { SigmaTmin = 2 },
        [nameof(SamplerSettings.SigmaTmax)] = s => s with { SigmaTmax = 2 },
        [nameof(SamplerSettings.SigmaNoise)] = s => s with { SigmaNoise = 0.9 },
        [nameof(SamplerSettings.ScheduleRho)] = s => s with { ScheduleRho = 4 },
        [nameof(SamplerSettings.ScheduleSigmaMin)] = s => s with { ScheduleSigmaMin = 0.1 },
        [nameof(SamplerSettings.ScheduleSigmaMax)] = s => s with { ScheduleSigmaMax = 10 },
        [nameof(SamplerSettings.BetaAlpha)] = s => s with { BetaAlpha = 0.5 },
        [nameof(SamplerSettings.BetaBeta)] = s => s with { BetaBeta = 0.5 },
        [nameof(SamplerSettings.DiscardNextToLastSigma)] = s => s with { DiscardNextToLastSigma = true },
        [nameof(SamplerSettings.DropLastCall)] = s => s with { DropLastCall = true },
        [nameof(SamplerSettings.UniPcVariant)] = s => s with { UniPcVariant = UniPcVariant.Bh2 },
        [nameof(SamplerSettings.UniPcSkip)] = s => s with { UniPcSkip = UniPcSkip.TimeQuadratic },
        [nameof(SamplerSettings.UniPcOrder)] = s => s with { UniPcOrder = sampler == "UniPC" ? 2 : 5 },
        [nameof(SamplerSettings.UniPcLowerOrderFinal)] = s => s with { UniPcLowerOrderFinal = false },
    };

    private static async Task<Latent> RunAsync(string sampler, string schedule, SamplerSettings settings, NoiseSettings noise, int steps)
    {
        var run = new SeamRun
        {
            Sampler = sampler,
            Steps = steps,
            Side = 4,
            With = plan => plan with { Schedule = schedule, SamplerSettings = settings, Noise = noise },
        };
        return (await run.RunAsync())[0];
    }
}
