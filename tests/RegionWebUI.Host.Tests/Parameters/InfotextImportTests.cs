using CsCheck;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Host.Tests.Parameters;

public sealed class InfotextImportTests
{
    private static readonly IReadOnlyList<GenerationParameter> _parameters =
    [
        .. new GenerationParameters(RequestValidator.Standard).All,
        Extension("share", ParameterKind.Real), Extension("mode", ParameterKind.Choice), Extension("on", ParameterKind.Flag),
        Extension("text", ParameterKind.Text),
    ];

    [Fact]
    public void Apply_WholeInfotext_TakesEveryParameter()
    {
        var import = Apply("a cat,\na hat\nNegative prompt: dogs\nSteps: 7, Sampler: Euler a, Schedule type: Karras, CFG scale: 7.5, "
            + "Seed: 4294967295, Size: 512x768, Model hash: abc, Model: x, Denoising strength: 0.35, RNG: CPU, "
            + "ext/test/share: 3.5, ext/test/mode: B, "
            + "ext/test/on: true, ext/test/text: \"a, b: c\", Version: RegionWebUI 1");
        var taken = import.Request;
        Assert.Equal(
            new GenerationRequest
            {
                Prompt = "a cat,\na hat",
                NegativePrompt = "dogs",
                Steps = 7,
                Sampler = "Euler a",
                Schedule = "Karras",
                CfgScale = 7.5,
                Seed = 4294967295,
                Width = 512,
                Height = 768,
                Strength = 0.35,
                Extensions = taken.Extensions,
            },
            taken);
        Assert.Equal(
            [new("test/mode", "B"), new("test/on", "True"), new("test/share", "3.5"), new("test/text", "a, b: c")], taken.Extensions);
        Assert.Empty(import.NotTaken);
    }

    [Fact]
    public void Apply_SilentInfotext_LeavesTheRestAsItWas()
    {
        var before = new GenerationRequest { Steps = 9, Width = 128, Sampler = "Heun", Strength = 0.2, Prompt = "old", NegativePrompt = "old" };
        var import = Apply("a cat", before);
        Assert.Equal(before with { Prompt = "a cat", NegativePrompt = "" }, import.Request);
    }

    /// <summary>A key and a value that cannot be taken.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "Steps", "many" }, { "Steps", "0" }, { "Steps", "1001" }, { "Steps", "2.5" }, { "Schedule type", "Wonder" }, { "CFG scale", "0.5" },
        { "CFG scale", "NaN" }, { "Seed", "-1" }, { "Seed", "4294967296" }, { "Seed resize from", "100x100" }, { "ENSD", "-1" },
        { "Size", "512" }, { "Size", "512x" }, { "Size", "100x512" }, { "Size", "512x4096" },
        { "Size", "512x512x512" }, { "Denoising strength", "1.5" }, { "Clip skip", "13" }, { "RNG", "TPU" },
        { "Eta", "2" }, { "Eta DDIM", "-1" }, { "Hires upscale", "2" }, { "UniPC variant", "bh3" }, { "ext/test/share", "11" },
        { "ext/test/share", "-1" }, { "ext/test/mode", "C" }, { "ext/test/on", "perhaps" }, { "ext/test/text", "far too long" },
        { "ext/test/none", "1" }, { "ext/none/share", "1" }, { "Prompt", "x" }, { "BatchSize", "2" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Apply_ValueThatIsNone_IsListedAndLeavesTheRequest(string key, string value)
    {
        var before = new GenerationRequest { Width = 64, Height = 72 };
        var import = InfotextImport.Apply(before, Document((key, value), ("Version", "RegionWebUI 1")), _parameters);
        Assert.Equal([$"{key} ({value})"], import.NotTaken);
        Assert.Equal(before, import.Request);
    }

    [Theory]
    [InlineData("DPM++ 2M Karras", "DPM++ 2M", "Automatic")]
    [InlineData("Euler a Karras", "Euler a", "Karras")]
    [InlineData("Euler Uniform", "Euler", "Uniform")]
    [InlineData("k_euler_a", "Euler a", "Automatic")]
    [InlineData("ddim", "DDIM", "Automatic")]
    public void Apply_OldSamplerName_GivesSamplerAndSchedule(string written, string sampler, string schedule)
    {
        var import = InfotextImport.Apply(new GenerationRequest(), Document(("Sampler", written)), _parameters);
        Assert.Equal((sampler, schedule), (import.Request.Sampler, import.Request.Schedule));
        Assert.Empty(import.NotTaken);
    }

    [Fact]
    public void Apply_SamplerNobodyKnows_A1111sStandInIsListed()
    {
        var import = Apply("p\nSteps: 20, Schedule type: Karras, Sampler: Wonder 3000, Hires upscale: 2");
        Assert.Equal(("DPM++ 2M", "Automatic"), (import.Request.Sampler, import.Request.Schedule));
        Assert.Equal(["Sampler (Wonder 3000; DPM++ 2M stands in)", "Hires upscale (2)"], import.NotTaken);
    }

    [Theory]
    [InlineData("DDIM", "", NoiseDevice.Nv, true)]
    [InlineData("PLMS", ", Version: v1.10.1", NoiseDevice.Nv, true)]
    [InlineData("Euler", ", Version: v1.10.1", NoiseDevice.Nv, false)]
    [InlineData("DDIM", ", RNG: CPU, Version: f0.0.17v1.8.0rc-latest-276", NoiseDevice.Cpu, true)]
    [InlineData("DDIM", ", RNG: CPU, Version: RegionWebUI 1.0", NoiseDevice.Cpu, false)]
    [InlineData("DDIM", ", RNG: NV, Drop last call: True, Version: RegionWebUI 1.0", NoiseDevice.Nv, true)]
    [InlineData("DDIM", ", Drop last call: False", NoiseDevice.Nv, false)]
    public void Apply_TextOfAnotherProgram_TakesItsNoiseAndItsLastStep(string sampler, string rest, NoiseDevice device, bool dropsLastCall)
    {
        var import = Apply($"p\nSteps: 20, Sampler: {sampler}, Seed: 1{rest}");
        Assert.Equal((device, dropsLastCall), (import.Request.NoiseSettings.Device, import.Request.SamplerSettings.DropLastCall));
        Assert.Empty(import.NotTaken);
    }

    [Theory]
    [InlineData("DDIM", "Eta DDIM: 0.5", 0.5)]
    [InlineData("Euler a", "Eta: 0", 0.0)]
    [InlineData("Euler a", "Eta: 0.25, Eta DDIM: 0.5", 0.25)]
    [InlineData("DDIM", "Eta: 0.25, Eta DDIM: 0.5", 0.5)]
    [InlineData("DDIM", "Eta DDIM: 0.5, Eta: 0.25", 0.5)]
    [InlineData("Euler a", "CFG scale: 2", null)]
    public void Apply_Eta_IsThatOfTheSampler(string sampler, string etas, double? eta) =>
        Assert.Equal(eta, Apply($"p\nSteps: 20, {etas}, Sampler: {sampler}, Seed: 1").Request.SamplerSettings.Eta);

    [Fact]
    public void Apply_EveryOptionOfTheSampler_IsTaken()
    {
        var import = Apply("p\nSteps: 20.0, Sampler: UniPC, Schedule type: SGM Uniform, Clip skip: 2, ENSD: 31337, Sigma churn: 1.5, "
            + "Sigma tmin: 0.1, Sigma tmax: inf, Sigma noise: 0, Schedule min sigma: 0.1, Schedule max sigma: 10, Schedule rho: 5, "
            + "Beta scheduler alpha: 0.5, Beta schedule beta: 0.7, Discard penultimate sigma: True, "
            + "UniPC variant: vary_coeff, UniPC skip type: logSNR, UniPC order: 2, "
            + "UniPC lower order final: False, Emphasis: No norm, Variation seed: 7, Variation seed strength: 0.25, Seed resize from: 448x640, "
            + "Pad conds: True, Exact steps: True, Version: v1.10.1");
        Assert.Empty(import.NotTaken);
        Assert.Equal(
            new GenerationRequest
            {
                Prompt = "p",
                Sampler = "UniPC",
                Schedule = "SGM Uniform",
                ExactSteps = true,
                TextSettings = new() { ClipSkip = 2, Emphasis = EmphasisMode.NoNorm },
                NoiseSettings = new()
                {
                    Device = NoiseDevice.Nv,
                    EtaNoiseSeedDelta = 31337,
                    VariationSeed = 7,
                    VariationStrength = 0.25,
                    ResizeWidth = 448,
                    ResizeHeight = 640,
                },
                SamplerSettings = new()
                {
                    SigmaChurn = 1.5,
                    SigmaTmin = 0.1,
                    SigmaNoise = 0,
                    ScheduleSigmaMin = 0.1,
                    ScheduleSigmaMax = 10,
                    ScheduleRho = 5,
                    BetaAlpha = 0.5,
                    BetaBeta = 0.7,
                    DiscardNextToLastSigma = true,
                    UniPcVariant = UniPcVariant.VaryCoefficients,
                    UniPcSkip = UniPcSkip.LogSnr,
                    UniPcOrder = 2,
                    UniPcLowerOrderFinal = false,
                },
            },
            import.Request);
    }

    [Fact]
    public void Apply_TextOfAnOldVersion_ReadsItsTimelinesAndListsWhatCannotBeDone()
    {
        var import = Apply("p [a:b:0.5]\nSteps: 20, Sampler: DDIM, Seed: 1, Version: v1.5.2");
        Assert.True(import.Request.TextSettings.OldSchedules);
        Assert.Equal(["Pad conds v0 (True)", "Downcast alphas_cumprod (True)"], import.NotTaken);
    }

    [Fact]
    public void Apply_ValuesThatSayNothing_AreNotListed()
    {
        var import = Apply("p\nSteps: 20, Seed: 1, VAE Encoder: Full, "
            + "FP8 weight: Disable, Hires sampler: Use same sampler, Mask mode: Inpaint masked");
        Assert.Empty(import.NotTaken);
    }

    [Fact]
    public void Apply_ExtensionTextThatLooksLikeASize_IsTakenWhole() =>
        Assert.Equal([new("test/text", "10x20")], Apply("p\nSteps: 20, Seed: 1, ext/test/text: 10x20").Request.Extensions);

    [Fact]
    public void Apply_WeightThatIsNoNumber_IsRefusedInOneSentence()
    {
        var refused = Assert.Throws<BadInputException>(() => Apply("(p:1..2)\nSteps: 20, Seed: 1, Sampler: DDIM"));
        Assert.Contains("1..2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_KeyTwice_TheLastCounts()
    {
        var import = InfotextImport.Apply(new GenerationRequest(), Document(("Steps", "3"), ("Steps", "4")), _parameters);
        Assert.Equal(4, import.Request.Steps);
    }

    [Fact]
    public void Apply_Descriptions_AreNotListed()
    {
        var import = InfotextImport.Apply(
            new GenerationRequest(), Document(("Model", "x"), ("Model hash", "y"), ("Version", "z"), ("RNG", "CPU")), _parameters);
        Assert.Empty(import.NotTaken);
    }

    [Fact]
    public void Apply_AnyText_GivesALegalRequest() => Gen.Select(
        Gen.Int[0, _parameters.Count].Select(i => i == _parameters.Count ? "Size" : _parameters[i].InfotextKey ?? _parameters[i].Field),
        Gen.OneOf(Gen.String, Gen.Int.Select(i => $"{i}"), Gen.Double.Select(d => $"{d}"), Gen.Int[0, 3000].Select(i => $"{i}x{i}"))).Array[0, 9]
        .Sample(fields =>
        {
            var import = InfotextImport.Apply(new GenerationRequest(), Document(fields), _parameters);
            return RequestValidator.Standard.Validate(import.Request).Count == 0;
        });

    private static InfotextImport Apply(string infotext, GenerationRequest? before = null) =>
        InfotextImport.Apply(before ?? new GenerationRequest(), InfotextReader.Read(infotext), _parameters);

    private static InfotextDocument Document(params IEnumerable<(string Key, string Value)> fields) =>
        new() { Fields = [.. fields.Select(f => KeyValuePair.Create(f.Key, f.Value))] };

    private static GenerationParameter Extension(string name, ParameterKind kind) => new()
    {
        Field = $"ext/test/{name}",
        Label = name,
        Kind = kind,
        Option = $"test.{name}",
        Help = "",
        Minimum = 0,
        Maximum = 10,
        Choices = kind == ParameterKind.Choice ? ["A", "B"] : [],
        Get = r => !r.Extensions.TryGetValue($"test/{name}", out var text) ? null : kind == ParameterKind.Real ? double.Parse(text) : text,
        Set = (r, v) => r with { Extensions = new SortedDictionary<string, string>(r.Extensions.ToDictionary()) { [$"test/{name}"] = $"{v}" } },
    };
}
