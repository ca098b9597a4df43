using System.Text.Json;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace ClipGuidance.Tests;

/// <summary>The extension in the real program, on the embedded model.</summary>
public sealed class ClipGuidanceProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string _output = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_WithoutTextOrStrength_IsThePlainPictureByteForByte()
    {
        var plain = await GenerateAsync();

        Assert.Equal(plain, await GenerateAsync("--ext", "clip-guidance.strength=100"));
        Assert.Equal(plain, await GenerateAsync("--ext", "clip-guidance.text=a blue panda", "--ext", "clip-guidance.strength=0"));
    }

    [Fact]
    public async Task Generate_WithAText_ChangesThePictureAndTellsTheDistanceInWordsAndAsACurve()
    {
        var plain = PngFile.Decode(await GenerateAsync(), Stop);
        var guided = PngFile.Decode(await GenerateAsync("--json", "--ext", "clip-guidance.text=a blue panda", "--ext", "clip-guidance.from=0"), Stop);

        Assert.NotEqual(plain.Image.Rgb.ToArray(), guided.Image.Rgb.ToArray());
        Assert.Matches("ext/clip-guidance/distance: [0-9.]+ to [0-9.]+", guided.Infotext);
        Assert.Equal(("distance", 4), Curve());
    }

    [Fact]
    public async Task Generate_ThroughTheUnet_IsAnotherGuidedPicture()
    {
        string[] text = ["--ext", "clip-guidance.text=a blue panda", "--ext", "clip-guidance.from=0", "--ext", "clip-guidance.every=3"];
        var frozen = PngFile.Decode(await GenerateAsync(text), Stop);
        var exact = PngFile.Decode(await GenerateAsync(["--json", "--ext", "clip-guidance.throughUnet=true", .. text]), Stop);

        Assert.NotEqual(frozen.Image.Rgb.ToArray(), exact.Image.Rgb.ToArray());
        Assert.Matches("ext/clip-guidance/distance: [0-9.]+ to [0-9.]+", exact.Infotext);
        Assert.Equal(("distance", 2), Curve());
    }

    private (string? Name, int Values) Curve()
    {
        var curve = Assert.Single(JsonDocument.Parse(_output).RootElement.GetProperty("pictures")[0].GetProperty("curves").EnumerateArray());
        return (curve.GetProperty("name").GetString(), curve.GetProperty("values").GetArrayLength());
    }

    private async Task<byte[]> GenerateAsync(params string[] more)
    {
        string[] args =
        [
            "generate", "--prompt", "a panda on a beach", "--seed", "44", "--steps", "4", "--model", Repository.PocketModel,
            "--out", _folder.File("a.png"), .. more,
        ];
        await using var program = ProgramProcess.StartCopy(ProgramProcess.BuiltFolder, _folder.File("data"), _folder.Path, failpoint: null, args);
        _output = await program.Output.RestAsync(Stop);
        var error = await program.Error.RestAsync(Stop);
        Assert.True(await program.ExitAsync(Stop) == 0, error);
        return File.ReadAllBytes(_folder.File("a.png"));
    }
}
