using System.Text.Json;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Commands;

/// <summary>styles list, and generate --style.</summary>
public sealed class StyleOptionTests : IDisposable
{
    private readonly TestProgram _program = new();

    public StyleOptionTests()
    {
        Directory.CreateDirectory(_program.DataFolder);
        File.WriteAllText(
            Path.Join(_program.DataFolder, "styles.csv"),
            "name,prompt,negative_prompt\nPhoto,\"photo of {prompt}, 35mm\",cartoon\nFine,\"fine\nart\",\n,broken,\n");
    }

    public void Dispose() => _program.Dispose();

    private GenerationRequest Asked => _program.Factory.Engines.Single().Requests.Single();

    [Fact]
    public async Task StylesList_ShowsEachInOneLineAndNamesBrokenRows()
    {
        Assert.Equal(0, await _program.RunAsync("styles", "list"));
        Assert.Equal(["Photo  photo of {prompt}, 35mm  --negative cartoon", "Fine   fine art"], _program.OutLines);
        Assert.Contains("line 5", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StylesListJson_IsOneObject()
    {
        Assert.Equal(0, await _program.RunAsync("styles", "list", "--json"));
        var styles = JsonDocument.Parse(_program.Out).RootElement.GetProperty("styles").EnumerateArray().ToList();
        Assert.Equal(["Photo", "Fine"], styles.Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(["cartoon", ""], styles.Select(s => s.GetProperty("negativePrompt").GetString()));
        Assert.Equal("fine\nart", styles[1].GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Generate_Styles_ArePutIntoBothPromptsInOrder()
    {
        Assert.Equal(0, await _program.GenerateAsync("--negative", "rain", "--style", "Fine", "--style", "Photo"));
        Assert.Equal(("photo of a cat, fine\nart, 35mm", "rain, cartoon"), (Asked.Prompt, Asked.NegativePrompt));
    }

    [Fact]
    public async Task Generate_UnknownStyle_NamesTheNearest()
    {
        Assert.Equal(2, await _program.GenerateAsync("--style", "Foto"));
        Assert.Single(_program.ErrorLines, l => l.Contains("'Foto'", StringComparison.Ordinal) && l.Contains("'Photo'", StringComparison.Ordinal));
        Assert.Empty(_program.Factory.Loads);
    }

    [Fact]
    public async Task Generate_StyleThatTheSourceHas_IsPutInOnce()
    {
        var from = _program.Picture(
            "from.png", 8, 8, infotext: "photo of a dog, 35mm\nNegative prompt: cartoon\nSteps: 2, Sampler: DDIM, Seed: 1, Version: RegionWebUI 1");
        Assert.Equal(0, await _program.RunAsync(
            "generate", "--from", from, "--out", _program.InWork("a.png"), "--style", "Photo", "--style", "Fine"));
        Assert.Equal(("photo of a dog, 35mm, fine\nart", "cartoon"), (Asked.Prompt, Asked.NegativePrompt));
    }

    [Fact]
    public async Task Generate_WithoutStyles_DoesNotReadTheFile()
    {
        Assert.Equal(0, await _program.GenerateAsync());
        Assert.DoesNotContain(_program.ErrorLines, l => l.Contains("line 5", StringComparison.Ordinal));
        Assert.Equal("a cat", Asked.Prompt);
    }
}
