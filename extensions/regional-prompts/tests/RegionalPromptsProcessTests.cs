using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionalPrompts.Tests;

/// <summary>The extension in the real program, on the embedded model.</summary>
public sealed class RegionalPromptsProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yellow", "blue")]
    [InlineData("blue", "yellow")]
    public async Task Generate_TwoColumns_EachHasTheBackgroundOfItsPrompt(string left, string right)
    {
        var picture = await GenerateAsync($"a car on a {left} background\na donut on a {right} background");
        Assert.Equal((left, right), (Colour(picture, 0), Colour(picture, picture.Width - 32)));
    }

    private async Task<Image> GenerateAsync(string prompts)
    {
        await using var program = ProgramProcess.Start(
            _folder.File("data"), _folder.Path, failpoint: null, "generate", "--width", "256", "--height", "128", "--steps", "10", "--seed", "1",
            "--prompt", "", "--ext", $"regional-prompts.prompts={prompts}", "--out", _folder.File("a.png"));
        var error = await program.Error.RestAsync(Stop);
        Assert.True(await program.ExitAsync(Stop) == 0, error);
        return PngFile.Decode(File.ReadAllBytes(_folder.File("a.png")), Stop).Image;
    }

    /// <summary>Which of the two colours a stripe of 32 columns is nearer to.</summary>
    private static string Colour(Image picture, int from)
    {
        double red = 0, blue = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = from; x < from + 32; x++)
            {
                var pixel = picture.Rgb.Span.Slice(((y * picture.Width) + x) * 3, 3);
                (red, blue) = (red + pixel[0], blue + pixel[2]);
            }
        }

        return ((red - blue) / (32 * picture.Height)) switch
        {
            > 30 => "yellow",
            < -30 => "blue",
            var difference => $"neither ({difference:0})",
        };
    }
}
