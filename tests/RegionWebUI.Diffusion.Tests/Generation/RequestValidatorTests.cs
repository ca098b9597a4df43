using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Tests.Generation;

public sealed class RequestValidatorTests
{
    private static readonly Image _black = new(64, 64, new byte[64 * 64 * 3]);
    private static readonly RequestValidator _validator = new(["DDIM", "Euler", "Euler a"], ["Uniform", "Karras"]);

    public static TheoryData<GenerationRequest, string, string> Refused => new()
    {
        { new() { Steps = 0 }, "Steps", "Steps must be a whole number from 1 to 1000, not 0." },
        { new() { Steps = 10_000 }, "Steps", "Steps must be a whole number from 1 to 1000, not 10000." },
        { new() { CfgScale = double.NaN }, "CfgScale", "CFG scale must be a number from 1 to 100, not NaN." },
        { new() { CfgScale = double.PositiveInfinity }, "CfgScale", "CFG scale must be a number from 1 to 100, not Infinity." },
        { new() { CfgScale = 0.99 }, "CfgScale", "CFG scale must be a number from 1 to 100, not 0.99." },
        { new() { CfgScale = 100.5 }, "CfgScale", "CFG scale must be a number from 1 to 100, not 100.5." },
        { new() { Width = 130 }, "Width", "Width must be a multiple of 8 from 64 to 2048, not 130." },
        { new() { Width = 0 }, "Width", "Width must be a multiple of 8 from 64 to 2048, not 0." },
        { new() { Height = 56 }, "Height", "Height must be a multiple of 8 from 64 to 2048, not 56." },
        { new() { Height = 2056 }, "Height", "Height must be a multiple of 8 from 64 to 2048, not 2056." },
        { new() { Height = -64 }, "Height", "Height must be a multiple of 8 from 64 to 2048, not -64." },
        { new() { Seed = -1 }, "Seed", "Seed must be a whole number from 0 to 4294967295, not -1." },
        { new() { Seed = 4294967296 }, "Seed", "Seed must be a whole number from 0 to 4294967295, not 4294967296." },
        { new() { BatchSize = 0 }, "BatchSize", "Batch must be a whole number from 1 to 64, not 0." },
        { new() { BatchSize = 65 }, "BatchSize", "Batch must be a whole number from 1 to 64, not 65." },
        { new() { Prompt = new string('a', 100_000) }, "Prompt", "The prompt may have at most 32,768 characters, not 100,000." },
        {
            new() { NegativePrompt = new string('a', 32_769) }, "NegativePrompt",
            "The negative prompt may have at most 32,768 characters, not 32,769."
        },
        { new() { Sampler = "Eulr" }, "Sampler", "There is no sampler 'Eulr'; the nearest is 'Euler' (all: DDIM, Euler, Euler a)." },
        { new() { Schedule = "karas" }, "Schedule", "There is no schedule 'karas'; the nearest is 'Karras' (all: Automatic, Uniform, Karras)." },
        {
            new() { Width = 2048, Height = 2048, BatchSize = 17 }, "BatchSize",
            "Width x height x batch may be at most 67,108,864 pixels, not 71,303,168 (2048 x 2048 x 17)."
        },
    };

    public static TheoryData<GenerationRequest, string, string> Impossible => new()
    {
        {
            new() { Sampler = "UniPC", Steps = 2 }, "Steps", "UniPC needs at least 3 steps with these settings; this run has 2."
        },
        {
            new() { Sampler = "UniPC", Steps = 20, SamplerSettings = new() { UniPcOrder = 21 } }, "Steps",
            "UniPC needs at least 21 steps with these settings; this run has 20."
        },
        {
            new() { Sampler = "UniPC", Steps = 20, Init = _black, Strength = 0.1 }, "Steps",
            "UniPC needs at least 3 steps with these settings; this run has 2."
        },
        {
            new() { Sampler = "DPM++ 3M SDE", Steps = 20, Init = _black, Strength = 0 }, "Steps",
            "DPM++ 3M SDE needs at least 2 steps with these settings; this run has 1."
        },
        {
            new() { Steps = 1, SamplerSettings = new() { DropLastCall = true } }, "Steps",
            "DDIM needs at least 1 step with these settings; this run has 0."
        },
        {
            new() { Sampler = "DPM++ 2M", SamplerSettings = new() { ScheduleSigmaMin = 5, ScheduleSigmaMax = 5 } }, "ScheduleSigmaMin",
            "Schedule min sigma must be below schedule max sigma 5, not 5."
        },
        {
            new() { Steps = 20, Init = _black, ExactSteps = true, Strength = 0 }, "Strength",
            "20 exact steps need a denoising strength from 0.02 to 1, not 0."
        },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void Validate_LegalValuesThatNoRunCanHave_AreNamed(GenerationRequest request, string field, string sentence) =>
        Assert.Equal(new RequestProblem(field, sentence), Assert.Single(RequestValidator.Standard.Validate(request)));

    [Fact]
    public void Validate_SettingsThatOnlyUnusedSamplersRead_AreLegal()
    {
        var settings = new SamplerSettings { UniPcOrder = 50, ScheduleSigmaMin = 5, ScheduleSigmaMax = 1, DropLastCall = true };
        Assert.Empty(RequestValidator.Standard.Validate(new GenerationRequest { Sampler = "Euler", Steps = 1, SamplerSettings = settings }));
    }

    [Fact]
    public void Validate_LeastStrengthOfExactSteps_IsLegal() => Assert.Empty(RequestValidator.Standard.Validate(
        new GenerationRequest { Steps = 20, Init = _black, ExactSteps = true, Strength = 0.02 }));

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Validate_OneValueOutOfRange_IsNamedWithItsRange(GenerationRequest request, string field, string sentence) =>
        Assert.Equal(new RequestProblem(field, sentence), Assert.Single(_validator.Validate(request)));

    public static TheoryData<GenerationRequest> Accepted =>
    [
        new GenerationRequest(),
        new GenerationRequest { Width = 64, Height = 2048, Steps = 1000, CfgScale = 100, Seed = 4294967295, BatchSize = 64 },
        new GenerationRequest { Width = 2048, Height = 2048, BatchSize = 16 },
        new GenerationRequest { Prompt = new string('a', 32_768), Steps = 1, CfgScale = 1, Seed = 0 },
        new GenerationRequest { Sampler = "eULER A", Schedule = "AUTOMATIC" },
    ];

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void Validate_EndsOfTheRanges_AreLegal(GenerationRequest request) => Assert.Empty(_validator.Validate(request));

    [Fact]
    public void Validate_SeveralValues_NamesEach() =>
        Assert.Equal(
            ["Width", "Steps", "Seed"],
            _validator.Validate(new GenerationRequest { Seed = -1, Steps = 0, Width = 1 }).Select(p => p.Field));

    [Fact]
    public void Validate_SizeLeftToTheModel_CostCountsTheModelsSize()
    {
        var request = new GenerationRequest { BatchSize = 64 };
        Assert.Empty(_validator.Validate(request, nativeSize: 1024));
        Assert.Equal("BatchSize", Assert.Single(_validator.Validate(request, nativeSize: 1536)).Field);
    }

    [Fact]
    public void Validate_HugeSamplerName_IsCutInTheSentence() =>
        Assert.True(Assert.Single(_validator.Validate(new GenerationRequest { Sampler = new string('x', 100_000) })).Message.Length < 200);

    [Fact]
    public void ThrowIfInvalid_BadValue_CarriesFieldAndSentence()
    {
        var refused = Assert.Throws<BadInputException>(() => _validator.ThrowIfInvalid(new GenerationRequest { Steps = 0 }));
        Assert.Equal("Steps", refused.Field);
    }

    [Theory]
    [InlineData("a (b:1..2)", "", "Prompt", "The prompt cannot be read at character 6: the weight '1..2' is not a number")]
    [InlineData("", "[a:b:1e999]", "NegativePrompt", "The negative prompt cannot be read at character 6: the switch step '1e999' is too large")]
    public void Validate_NumberInAPromptThatIsNone_SaysWhere(string prompt, string negative, string field, string says)
    {
        var problem = Assert.Single(_validator.Validate(new GenerationRequest { Prompt = prompt, NegativePrompt = negative }));

        Assert.Equal(field, problem.Field);
        Assert.StartsWith(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EmphasisNone_ReadsNoWeights() => Assert.Empty(_validator.Validate(
        new GenerationRequest { Prompt = "a (b:1..2)", TextSettings = new TextSettings { Emphasis = EmphasisMode.None } }));

    [Fact]
    public void Standard_KnowsTheDefaults() => Assert.Empty(RequestValidator.Standard.Validate(new GenerationRequest()));
}
