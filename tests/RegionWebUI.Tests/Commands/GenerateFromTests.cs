using RegionWebUI.Host.Extensions;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Commands;

/// <summary>generate --from.</summary>
public sealed class GenerateFromTests : IDisposable
{
    private const string Infotext = "a dog, a ball\nNegative prompt: rain\nSteps: 7, Sampler: Heun, Schedule type: Karras, CFG scale: 2.5, Seed: 42, "
        + "Size: 72x96, Model: tiny, RNG: CPU, ext/first/share: 3.5, Version: RegionWebUI 1";

    private readonly TestProgram _program = new();

    public GenerateFromTests() => _program.Catalog.Add("first", ExtensionState.On, ListedExtensions.Number("first", "share"));

    public void Dispose() => _program.Dispose();

    private GenerationRequest Asked => _program.Factory.Engines.Single().Requests.Single();

    [Fact]
    public async Task Generate_From_TakesEverythingAndHasNothingToSay()
    {
        Assert.Equal(0, await FromAsync(Infotext));
        Assert.Equal(
            new GenerationRequest
            {
                Prompt = "a dog, a ball",
                NegativePrompt = "rain",
                Steps = 7,
                Sampler = "Heun",
                Schedule = "Karras",
                CfgScale = 2.5,
                Seed = 42,
                Width = 72,
                Height = 96,
                Extensions = Asked.Extensions,
            },
            Asked);
        Assert.Equal([new("first/share", "3.5")], Asked.Extensions);
        Assert.DoesNotContain(_program.ErrorLines, l => l.Contains("from.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_FromWithOptions_OptionsHold()
    {
        Assert.Equal(0, await FromAsync(Infotext, "--prompt", "a cat", "--steps", "3", "--seed", "5", "--width", "64", "--ext", "first.share=1"));
        Assert.Equal(("a cat", "rain", 3, 5L), (Asked.Prompt, Asked.NegativePrompt, Asked.Steps, Asked.Seed));
        Assert.Equal((64, 96), (Asked.Width, Asked.Height));
        Assert.Equal([new("first/share", "1")], Asked.Extensions);
    }

    [Fact]
    public async Task Generate_FromAndInit_SizeIsTheSources()
    {
        Assert.Equal(0, await FromAsync(Infotext, "--init", _program.Picture("init.png", 128, 128)));
        Assert.Equal((72, 96), (Asked.Width, Asked.Height));
    }

    [Fact]
    public async Task Generate_FromWithUnknownKeys_NamesThemOnStderr()
    {
        Assert.Equal(0, await FromAsync("a dog\nSteps: 7, Sampler: Wonder 3000, Clip skip: 20, Seed: 1, ext/none/x: 1"));
        const string Left = "from.png': Sampler (Wonder 3000; DPM++ 2M stands in), Clip skip (20), ext/none/x (1).";
        Assert.Single(_program.ErrorLines, l => l.EndsWith(Left, StringComparison.Ordinal));
        Assert.Equal("DPM++ 2M", Asked.Sampler);
    }

    [Fact]
    public async Task Generate_FromOfAnotherModel_SaysSo()
    {
        Assert.Equal(0, await FromAsync("a dog\nSteps: 7, Sampler: DDIM, Seed: 1, Model: dreamy"));
        Assert.Single(_program.ErrorLines, l => l.Contains("'dreamy'", StringComparison.Ordinal) && l.Contains("'tiny'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_FromOfAnEditedPicture_AsksForItsInit()
    {
        Assert.Equal(0, await FromAsync("a dog\nSteps: 7, Sampler: DDIM, Seed: 1, Denoising strength: 0.4"));
        Assert.Single(_program.ErrorLines, l => l.Contains("--init", StringComparison.Ordinal));
        Assert.Equal(0.4, Asked.Strength);
    }

    [Fact]
    public async Task Generate_FromWithExtensionsThatAreNotOn_NamesThem()
    {
        Assert.Equal(0, await FromAsync("a dog\nSteps: 7, Sampler: DDIM, Seed: 1, Extensions: \"first 1.2, other 3.0\""));
        Assert.Single(_program.ErrorLines, l => l.EndsWith("extensions that are not on: other.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_FromWithoutSeed_DrawsOne()
    {
        Assert.Equal(0, await FromAsync("a dog\nSteps: 7, Sampler: DDIM, CFG scale: 3"));
        Assert.Equal(1234, Asked.Seed);
    }

    [Theory]
    [InlineData(null, "parameters")]
    [InlineData("none", "not there")]
    public async Task Generate_FromCannotBeRead_OneSentence(string? name, string part)
    {
        var from = name is null ? _program.Picture("plain.png", 8, 8) : _program.InWork(name);
        Assert.Equal(2, await _program.RunAsync("generate", "--from", from, "--out", _program.InWork("a.png")));
        var sentence = Assert.Single(_program.ErrorLines);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.Contains("--from", sentence, StringComparison.Ordinal);
        Assert.Empty(_program.Factory.Loads);
    }

    private Task<int> FromAsync(string infotext, params string[] more) => _program.RunAsync(
        ["generate", "--from", _program.Picture("from.png", 8, 8, infotext: infotext), "--out", _program.InWork("a.png"), .. more]);
}
