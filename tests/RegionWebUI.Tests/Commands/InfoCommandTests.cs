using System.Text.Json;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests.Commands;

/// <summary>info FILE.</summary>
public sealed class InfoCommandTests : IDisposable
{
    private const string Infotext = "a cat, 猫\nNegative prompt: rain\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 8x6";

    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("a.png", "PNG")]
    [InlineData("a.jpg", "JPEG")]
    [InlineData("a.webp", "WebP")]
    public async Task Info_OfAPicture_ShowsKindSizeAndInfotext(string name, string kind)
    {
        Assert.Equal(0, await _program.RunAsync("info", _program.Picture(name, 8, 6, infotext: Infotext)));
        Assert.Equal($"{kind}, 8 x 6\n{Infotext}\n", _program.Out.ReplaceLineEndings("\n"));
        Assert.Empty(_program.Error);
        Assert.Empty(_program.Factory.Loads);
        Assert.Null(_program.ExtensionsAsked);
    }

    [Theory]
    [InlineData("a.png", "png")]
    [InlineData("a.jpeg", "jpeg")]
    [InlineData("a.webp", "webp")]
    public async Task Info_Json_IsOneObjectWithTheParsedFields(string name, string format)
    {
        Assert.Equal(0, await _program.RunAsync("info", "--json", _program.Picture(name, 8, 6, infotext: Infotext)));
        var json = JsonDocument.Parse(Assert.Single(_program.OutLines)).RootElement;
        Assert.Equal(
            ["format", "width", "height", "infotext", "textProblem", "prompt", "negativePrompt", "fields"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            (format, Infotext, "a cat, 猫", "rain"),
            (Text(json, "format"), Text(json, "infotext"), Text(json, "prompt"), Text(json, "negativePrompt")));
        Assert.Equal(
            ["Steps=20", "Sampler=Euler a", "CFG scale=7", "Seed=1", "Size=8x6"],
            json.GetProperty("fields").EnumerateObject().Select(f => $"{f.Name}={f.Value.GetString()}"));
    }

    [Fact]
    public async Task Info_NameThatLies_ShowsWhatTheContentIs()
    {
        var file = _program.Picture("a.webp", 8, 6);
        File.Move(file, _program.InWork("a.png"));
        Assert.Equal(0, await _program.RunAsync("info", _program.InWork("a.png")));
        Assert.Equal("WebP, 8 x 6", Assert.Single(_program.OutLines).TrimEnd());
        Assert.EndsWith("a.png' has no generation parameters.", Assert.Single(_program.ErrorLines).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_TextWithControlCharacters_TheTerminalSeesNoneAndJsonHasThem()
    {
        const string Hostile = "a\u001b]0;x\u0007cat\u009b2J\r\n\tb";
        var file = _program.Picture("a.png", 8, 6, infotext: Hostile);
        Assert.Equal(0, await _program.RunAsync("info", file));
        Assert.Equal("PNG, 8 x 6\na\uFFFD]0;x\uFFFDcat\uFFFD2J\n\tb\n", _program.Out.ReplaceLineEndings("\n"));
        Assert.Equal(0, await _program.RunAsync("info", file, "--json"));
        Assert.Equal(Hostile, Text(JsonDocument.Parse(_program.OutLines[^1]).RootElement, "infotext"));
    }

    public static TheoryData<string[], string[]> Refused => new()
    {
        { ["info"], ["info"] },
        { ["info", "none.png"], ["none.png", "not there"] },
        { ["info", "text.jpg"], ["text.jpg", "PNG, JPEG and WebP pictures are read"] },
        { ["info", "half.webp"], ["half.webp", "cannot be used"] },
        { ["info", "."], ["folder"] },
        { ["info", ""], ["PNG, JPEG or WebP"] },
        { ["info", "half.webp", "text.jpg"], ["text.jpg"] },
        { ["info", "half.webp", "--jsn"], ["'--jsn'", "'--json'"] },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Info_CannotBeRead_OneSentence(string[] line, string[] parts)
    {
        File.WriteAllText(_program.InWork("text.jpg"), "no picture");
        var whole = File.ReadAllBytes(_program.Picture("half.webp", 64, 64));
        File.WriteAllBytes(_program.InWork("half.webp"), whole[..(whole.Length / 2)]);
        string Named(string text) => text.Contains('.', StringComparison.Ordinal) ? _program.InWork(text) : text;

        Assert.Equal(2, await _program.RunAsync([.. line.Select(Named)]));
        var sentence = Assert.Single(_program.ErrorLines).TrimEnd();
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.Empty(_program.Out);
    }

    [Fact]
    [Trait("Category", "Fixture")]
    public async Task Info_EveryContainer_GivesItsInfotext()
    {
        var (cases, run) = (Fixtures.Open("images", "containers.json").Cases, 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString()!;
            Assert.Equal(0, await _program.RunAsync("info", "--json", Fixtures.Path("images", name)));
            var shown = JsonDocument.Parse(_program.OutLines[^1]).RootElement;
            Assert.True(row.GetProperty("text").GetString() == Text(shown, "infotext"), name);
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
