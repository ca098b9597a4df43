using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Which settings an infotext names, and how.</summary>
public sealed class SettingsInfotextTests
{
    private static readonly SamplerSettings _all = new()
    {
        Eta = 0.5,
        SigmaChurn = 10,
        SigmaTmin = 0.25,
        SigmaTmax = 900,
        SigmaNoise = 1.05,
        ScheduleRho = 3,
        ScheduleSigmaMin = 0.1,
        ScheduleSigmaMax = 10.5,
        BetaAlpha = 0.5,
        BetaBeta = 1,
        DiscardNextToLastSigma = true,
        DropLastCall = true,
        UniPcVariant = UniPcVariant.VaryCoefficients,
        UniPcSkip = UniPcSkip.LogSnr,
        UniPcOrder = 2,
        UniPcLowerOrderFinal = false,
    };

    [Theory]
    [InlineData("DDIM", "Automatic", "Eta DDIM: 0.5, Discard penultimate sigma: True, Drop last call: True")]
    [InlineData("DDIM CFG++", "Automatic", "Eta DDIM: 0.5, Discard penultimate sigma: True, Drop last call: True")]
    [InlineData("PLMS", "Automatic", "Discard penultimate sigma: True, Drop last call: True")]
    [InlineData("Euler a", "Automatic", "Eta: 0.5, Sigma noise: 1.05, Discard penultimate sigma: True")]
    [InlineData(
        "Euler", "Karras",
        "Sigma churn: 10, Sigma tmin: 0.25, Sigma tmax: 900, Sigma noise: 1.05, Schedule min sigma: 0.1, Schedule max sigma: 10.5, "
        + "Schedule rho: 3, Discard penultimate sigma: True")]
    [InlineData(
        "LMS", "Beta",
        "Schedule min sigma: 0.1, Schedule max sigma: 10.5, Beta schedule alpha: 0.5, Beta schedule beta: 1, Discard penultimate sigma: True")]
    [InlineData(
        "UniPC", "Automatic",
        "Discard penultimate sigma: True, UniPC variant: vary_coeff, UniPC skip type: logSNR, UniPC order: 2, UniPC lower order final: False")]
    [InlineData("DPM adaptive", "Automatic", "Eta: 0.5, Sigma noise: 1.05")]
    public void Sampler_EverySettingChanged_WritesThoseTheRunReads(string sampler, string schedule, string written) =>
        Assert.Equal(written, Written(new GenerationRequest { Sampler = sampler, Schedule = schedule, SamplerSettings = _all }));

    [Fact]
    public void Sampler_OwnValues_WritesNothing()
    {
        Assert.All(SamplerCatalog.Names, name => Assert.Equal("", Written(new GenerationRequest { Sampler = name, Schedule = "Beta" })));
        var said = new SamplerSettings { Eta = 1, ScheduleRho = 7 };
        Assert.Equal("", Written(new GenerationRequest { Sampler = "DPM++ SDE", SamplerSettings = said }));
    }

    [Theory]
    [InlineData("Euler a", "Variation seed: 9, Variation seed strength: 1, Seed resize from: 448x640, ENSD: 31337")]
    [InlineData("Euler", "Variation seed: 9, Variation seed strength: 1, Seed resize from: 448x640")]
    public void Noise_EverySettingChanged_WritesThoseTheRunReads(string sampler, string written)
    {
        var noise = new NoiseSettings { VariationStrength = 1, ResizeWidth = 448, ResizeHeight = 640, EtaNoiseSeedDelta = 31337 };
        var request = new GenerationRequest { Sampler = sampler, NoiseSettings = noise };
        Assert.Equal(written, string.Join(", ", SettingsInfotext.Noise(request, 9).Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.Empty(SettingsInfotext.Noise(request with { NoiseSettings = new NoiseSettings { ResizeWidth = 448 } }, null));
    }

    private static string Written(GenerationRequest request) =>
        string.Join(", ", SettingsInfotext.Sampler(request, SamplerCatalog.Resolve(request.Sampler)).Select(pair => $"{pair.Key}: {pair.Value}"));
}
