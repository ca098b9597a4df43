using CsCheck;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

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
        { "Steps", "many" }, { "Steps", "0" }, { "Steps", "1001" }, { "Sampler", "Wonder" }, { "Sampler", "Wonder Karras" },
        { "Sampler", "Karras" }, { "Schedule type", "Wonder" }, { "CFG scale", "0.5" }, { "CFG scale", "NaN" }, { "Seed", "-1" },
        { "Seed", "4294967296" }, { "Size", "512" }, { "Size", "512x" }, { "Size", "100x512" }, { "Size", "512x4096" },
        { "Size", "512x512x512" }, { "Denoising strength", "1.5" }, { "Clip skip", "13" }, { "RNG", "GPU" }, { "ext/test/share", "11" },
        { "ext/test/share", "-1" }, { "ext/test/mode", "C" }, { "ext/test/on", "perhaps" }, { "ext/test/text", "far too long" },
        { "ext/test/none", "1" }, { "ext/none/share", "1" }, { "Prompt", "x" }, { "BatchSize", "2" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Apply_ValueThatIsNone_IsListedAndLeavesTheRequest(string key, string value)
    {
        var before = new GenerationRequest { Width = 64, Height = 72 };
        var import = InfotextImport.Apply(before, Document((key, value)), _parameters);
        Assert.Equal([key], import.NotTaken);
        Assert.Equal(before, import.Request);
    }

    [Theory]
    [InlineData("DPM++ 2M Karras", "DPM++ 2M", "Karras")]
    [InlineData("Euler Uniform", "Euler", "Uniform")]
    [InlineData("k_euler_a", "k_euler_a", "Automatic")]
    public void Apply_OldSamplerName_GivesSamplerAndSchedule(string written, string sampler, string schedule)
    {
        var import = InfotextImport.Apply(new GenerationRequest(), Document(("Sampler", written)), _parameters);
        Assert.Equal((sampler, schedule), (import.Request.Sampler, import.Request.Schedule));
        Assert.Empty(import.NotTaken);
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
