using System.Text.Json;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Extensions;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Tests.Commands;

/// <summary>The command line with an extension of one file and one line that brings a sampler.</summary>
public sealed class ExtensionSamplerTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly TemporaryFolder _folder = new();

    public ExtensionSamplerTests() => _program.Parts = _program.Parts with
    {
        Engines = new ScriptedGraphEngineFactory(),
        OpenExtensions = options => new ExtensionCatalog(options),
    };

    public void Dispose()
    {
        _folder.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task Generate_SamplerOfAnExtension_GivesEulersPictureUnderItsOwnName()
    {
        Assert.Equal(0, await GenerateAsync("euler.png", "--sampler", "Euler"));
        Put(SamplerSource.Euler);

        Assert.Equal(0, await GenerateAsync("own.png", "--sampler", "test euler", "--json"));

        Assert.Equal(Read("euler.png").Image.Rgb.ToArray(), Read("own.png").Image.Rgb.ToArray());
        Assert.Contains("Sampler: Test Euler, ", Read("own.png").Infotext, StringComparison.Ordinal);
        Assert.Equal("Test Euler", JsonDocument.Parse(_program.OutLines[^1]).RootElement.GetProperty("sampler").GetString());
    }

    [Fact]
    public async Task Generate_From_TakesTheSamplerBackAndRepeatsThePicture()
    {
        Put(SamplerSource.Euler);
        Assert.Equal(0, await GenerateAsync("own.png", "--sampler", "Test Euler"));

        Assert.Equal(0, await _program.RunAsync(
            ["generate", "--from", _program.InWork("own.png"), "--out", _program.InWork("again.png"), .. Extensions]));

        Assert.Equal(File.ReadAllBytes(_program.InWork("own.png")), File.ReadAllBytes(_program.InWork("again.png")));
        Assert.DoesNotContain(_program.ErrorLines, l => l.Contains("own.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_ExtensionIsOff_IsRefusedWithTheNearest()
    {
        Assert.Equal(2, await GenerateAsync("own.png", "--sampler", "Test Euler"));

        Assert.StartsWith("There is no sampler 'Test Euler'; the nearest is '", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SamplerThrows_NamesItAndWhereToLook()
    {
        Put(SamplerSource.Throwing);
        Assert.Equal(1, await GenerateAsync("own.png", "--sampler", "Test Euler"));

        Assert.Equal(
            "The extension 'demo' 1.2.3 failed (sample, step 3: InvalidOperationException: broken on purpose), and there is no picture "
            + "without its sampler 'Test Euler'; set REGIONWEBUI_TRACE=1 to see where.",
            _program.ErrorLines[^1]);
        Assert.False(File.Exists(_program.InWork("own.png")));

        var environment = _program.Parts.Environment;
        _program.Parts = _program.Parts with { Environment = name => name == "REGIONWEBUI_TRACE" ? "1" : environment(name) };
        Assert.Equal(1, await GenerateAsync("own.png", "--sampler", "Test Euler"));
        Assert.Contains(_program.ErrorLines, l => l.Contains("demo.cs:line ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_ListsTheSampler()
    {
        Put(SamplerSource.Euler);
        Assert.Equal(0, await _program.RunAsync(["extension", "show", "demo", .. Extensions]));
        Assert.Equal(["--sampler \"Test Euler\"", "  Sampler: Test Euler."], _program.OutLines[^2..]);

        Assert.Equal(0, await _program.RunAsync(["extension", "list", "--json", .. Extensions]));
        var entry = JsonDocument.Parse(_program.OutLines[^1]).RootElement.GetProperty("extensions")[0];
        Assert.Equal("""["Test Euler"]""", entry.GetProperty("samplers").GetRawText());
    }

    private string[] Extensions => Directory.Exists(_folder.File("named")) ? ["--extensions", _folder.File("named")] : [];

    private void Put(string code) => CompiledExtension.Put(_folder, "named", "demo", code);

    private Task<int> GenerateAsync(string name, params string[] more) => _program.RunAsync(
        ["generate", "--prompt", "a cat", "--seed", "3", "--steps", "4", "--width", "64", "--height", "64", "--out", _program.InWork(name),
            .. Extensions, .. more]);

    private DecodedPng Read(string name) => PngFile.Decode(File.ReadAllBytes(_program.InWork(name)));
}
