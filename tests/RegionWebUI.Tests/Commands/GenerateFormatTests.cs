using System.Text.Json;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Tests.Commands;

/// <summary>generate --out in every format, --quality and --lossless; --init, --mask and --from of every kind.</summary>
public sealed class GenerateFormatTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    private GenerationRequest Asked => _program.Factory.Engines[^1].Requests.Single();

    [Theory]
    [InlineData("b.png", PictureFormat.Png)]
    [InlineData("b.jpg", PictureFormat.Jpeg)]
    [InlineData("b.JPEG", PictureFormat.Jpeg)]
    [InlineData("b.WebP", PictureFormat.Webp)]
    public async Task Out_Ending_ChoosesTheFormatAndTheInfotextIsInIt(string name, PictureFormat format)
    {
        Assert.Equal(0, await RunAsync(name, "--seed", "7"));
        var expected = ScriptedEngine.PicturesOf(Asked).Single();
        var file = Read(name);
        Assert.Equal((format, expected.Infotext), (file.Format, file.Infotext));
        Assert.Equal((expected.Picture.Width, expected.Picture.Height), (file.Image.Width, file.Image.Height));
        Assert.Equal([name], _program.Files);
    }

    [Fact]
    public async Task Out_JpegBatchWithJson_EveryFileIsOneAndIsNamed()
    {
        Assert.Equal(0, await RunAsync("b.jpg", "--batch", "2", "--json"));
        var json = JsonDocument.Parse(_program.Out).RootElement;
        var files = json.GetProperty("pictures").EnumerateArray().Select(p => p.GetProperty("file").GetString()!).ToList();
        Assert.Equal([_program.InWork("b.jpg"), _program.InWork("b-2.jpg")], files);
        Assert.All(files, file => Assert.Equal(PictureFormat.Jpeg, PictureFile.ReadInfo(File.ReadAllBytes(file)).Format));
        Assert.Equal(
            [
                "file", "seed", "width", "height", "steps", "sampler", "schedule", "model", "device", "seconds", "infotext", "pictures", "hooks",
                "extensionErrors",
            ],
            json.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("b.jpg")]
    [InlineData("b.webp")]
    public async Task Quality_OfALossyFile_IsTakenAndHasADefault(string name)
    {
        var files = new List<byte[]>();
        foreach (var more in new string[][] { [], ["--quality", "80"], ["--quality", "1"], ["--quality", "100"] })
        {
            Assert.Equal(0, await RunAsync(name, ["--seed", "7", .. more]));
            files.Add(File.ReadAllBytes(_program.InWork(name)));
        }

        Assert.Equal(files[0], files[1]);
        Assert.True(files[2].Length < files[1].Length && files[1].Length < files[3].Length, string.Join(", ", files.Select(f => f.Length)));
    }

    [Fact]
    public async Task Lossless_Webp_HasEveryPixel()
    {
        Assert.Equal(0, await RunAsync("b.webp", "--lossless"));
        Assert.Equal(ScriptedEngine.PicturesOf(Asked).Single().Picture.Rgb.ToArray(), Read("b.webp").Image.Rgb.ToArray());
    }

    public static TheoryData<string, string[], string[]> Refused => new()
    {
        { "b.png", ["--quality", "80"], ["--quality", "b.png", "PNG"] },
        { "b.png", ["--lossless"], ["--lossless", "b.png", "WebP"] },
        { "b.jpg", ["--lossless"], ["--lossless", "b.jpg", "WebP"] },
        { "b.webp", ["--lossless", "--quality", "80"], ["--lossless", "--quality"] },
        { "b.jpg", ["--quality", "0"], ["--quality", "1 to 100", "'0'"] },
        { "b.jpg", ["--quality", "101"], ["1 to 100", "'101'"] },
        { "b.webp", ["--quality", "high"], ["1 to 100", "'high'"] },
        { "b.webp", ["--quality", "-5"], ["1 to 100", "'-5'"] },
        { "b.webp", ["--quality", ""], ["1 to 100", "''"] },
        { "b.webp", ["--quality"], ["--quality"] },
        { "b.tiff", [], ["b.tiff", ".png, .jpg, .jpeg or .webp"] },
        { "b.jpg/b", [], ["b.jpg/b", ".png, .jpg, .jpeg or .webp"] },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Out_OptionThatDoesNotFit_OneSentenceAndNoLoad(string name, string[] more, string[] parts)
    {
        Assert.Equal(2, await RunAsync(name, more));
        var sentence = Assert.Single(_program.ErrorLines).TrimEnd();
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.Empty(_program.Files);
        Assert.Empty(_program.Factory.Loads);
    }

    [Fact]
    public async Task Jpeg_PromptsBeyondItsText_AreRefusedBeforeTheRun()
    {
        var (prompt, negative) = (new string('a', 20_000), new string('b', 20_000));
        Assert.Equal(2, await _program.RunAsync("generate", "--prompt", prompt, "--negative", negative, "--out", _program.InWork("b.jpg")));
        var sentence = Assert.Single(_program.ErrorLines);
        Assert.Contains("b.jpg", sentence, StringComparison.Ordinal);
        Assert.Contains("40000 characters; a JPEG can keep 32737, a PNG or a WebP more", sentence, StringComparison.Ordinal);
        Assert.Empty(_program.Factory.Loads);
        Assert.Empty(_program.Files);

        Assert.Equal(0, await _program.RunAsync("generate", "--prompt", prompt, "--negative", negative, "--out", _program.InWork("b.webp")));
        Assert.Equal(["b.webp"], _program.Files);
    }

    [Fact]
    public async Task Jpeg_InfotextBeyondItsText_OneSentenceAndFolderIsAsBefore()
    {
        // The prompt fits; with the parameters behind it the text does not.
        File.WriteAllText(_program.InWork("b.jpg"), "old");
        Assert.Equal(2, await _program.RunAsync("generate", "--prompt", new string('a', 32_730), "--batch", "2", "--out", _program.InWork("b.jpg")));
        Assert.Matches(
            "b\\.jpg' cannot be written \\(The infotext has 327[0-9]{2} characters; a JPEG can keep 32737, a PNG or a WebP more\\)\\.",
            _program.ErrorLines[^1]);
        Assert.Equal(["b.jpg"], _program.Files);
        Assert.Equal("old", File.ReadAllText(_program.InWork("b.jpg")));
        Assert.Empty(_program.Out);
    }

    [Theory]
    [InlineData("c.png", 0)]
    [InlineData("c.webp", 0)]
    [InlineData("c.jpg", 2)]
    public async Task InitMaskAndFrom_OfEveryKind_AreTaken(string name, int tolerance)
    {
        const string Infotext = "a dog, 犬\nSteps: 3, Sampler: Heun, Seed: 42, Size: 72x96";
        var from = _program.Picture(name, 72, 96, grey: 77, infotext: Infotext);
        var mask = _program.Picture("mask-" + name, 8, 8, grey: 255);
        Assert.Equal(0, await _program.RunAsync("generate", "--from", from, "--init", from, "--mask", mask, "--out", _program.InWork("b.png")));

        Assert.Equal(("a dog, 犬", 3, "Heun", 42L), (Asked.Prompt, Asked.Steps, Asked.Sampler, Asked.Seed));
        Assert.Equal((72, 96), (Asked.Init!.Width, Asked.Init.Height));
        Assert.All(Asked.Init.Rgb.ToArray(), value => Assert.InRange(value, 77 - tolerance, 77 + tolerance));
        Assert.All(Asked.Mask!.Values.ToArray(), value => Assert.InRange(value, 1 - (tolerance / 255f), 1));
    }

    [Theory]
    [InlineData("c.webp")]
    [InlineData("c.jpg")]
    public async Task From_FileWithoutParameters_SaysWhereTheyWouldBe(string name)
    {
        Assert.Equal(2, await _program.RunAsync("generate", "--from", _program.Picture(name, 8, 8), "--out", _program.InWork("b.png")));
        Assert.Contains("EXIF UserComment", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    private DecodedPicture Read(string name) => PictureFile.Decode(File.ReadAllBytes(_program.InWork(name)));

    private Task<int> RunAsync(string name, params string[] more) =>
        _program.RunAsync(["generate", "--prompt", "a cat", "--out", _program.InWork(name), .. more]);
}
