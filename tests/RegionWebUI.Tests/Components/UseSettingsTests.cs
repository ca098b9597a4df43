using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class UseSettingsTests
{
    private const string Settings = "a boat\nNegative prompt: fog\n"
        + "Steps: 9, Sampler: Euler a, Schedule type: Karras, CFG scale: 3.5, Seed: 77, Size: 256x64, RNG: CPU";

    [Fact]
    public async Task Button_OfAPicture_FillsTheFormWithWhatItsInfotextSaysAndElseTheDefaults()
    {
        await using var context = new BenchContext();
        var (page, details) = Open(context, $"{Settings}, ext/mixed/count: 7, ext/mixed/hard: true, Hires upscale: 2");
        page.Find("#batch").Change("4");
        page.Find("#ext-mixed-axis").Change("Height");

        details.Find("[data-testid=use-settings]").Click();

        page.WaitForAssertion(() => Assert.Equal("a boat", page.Find("#prompt").GetAttribute("value")));
        Assert.Contains("Nothing here takes Hires upscale (2).", page.Find("[data-testid=fill-note]").TextContent, StringComparison.Ordinal);
        page.Find("form").Submit();
        var expected = new GenerationRequest
        {
            Prompt = "a boat",
            NegativePrompt = "fog",
            Steps = 9,
            Sampler = "Euler a",
            Schedule = "Karras",
            CfgScale = 3.5,
            Seed = 77,
            Width = 256,
            Height = 64,
        };
        var sent = Assert.Single(context.Queue.Submitted);
        Assert.Equal(expected with { Extensions = sent.Extensions }, sent);
        Assert.Equal(new Dictionary<string, string> { ["mixed/count"] = "7", ["mixed/hard"] = "true" }, sent.Extensions);
        Assert.Empty(page.FindAll("[data-testid=fill-note]"));
    }

    [Fact]
    public async Task Button_OfAPictureMadeFromAnother_TakesTheStrengthAndSaysWhatIsMissing()
    {
        await using var context = new BenchContext();
        var (page, details) = Open(context, $"{Settings}, Denoising strength: 0.35");

        details.Find("[data-testid=use-settings]").Click();
        page.WaitForAssertion(() => Assert.Contains(
            "made from another picture", page.Find("[data-testid=fill-note]").TextContent, StringComparison.Ordinal));
        Assert.Equal("0.35", context.Bench.Form[FieldIds.Strength]);

        context.Bench.Form.StartFrom(Chosen.Picture("x.png", PictureMaker.Draw(64, 64, 1, 1)));
        details.Find("[data-testid=use-settings]").Click();
        page.WaitForAssertion(() => Assert.Equal("0.35", page.Find("#strength").GetAttribute("value")));
        Assert.DoesNotContain("made from another", page.Find("[data-testid=fill-note]").TextContent, StringComparison.Ordinal);
        Assert.Equal("256", page.Find("#width").GetAttribute("value"));
    }

    [Fact]
    public async Task Button_OfAPictureMadeFromNoise_TakesTheStartPictureAway()
    {
        await using var context = new BenchContext();
        var (page, details) = Open(context, Settings);
        context.Bench.Form.StartFrom(Chosen.Picture("x.png", PictureMaker.Draw(64, 64, 1, 1)));

        details.Find("[data-testid=use-settings]").Click();

        page.WaitForAssertion(() => Assert.Equal("256", page.Find("#width").GetAttribute("value")));
        Assert.Null(context.Bench.Form.Init);
    }

    [Fact]
    public async Task Button_OfAPictureWithoutInfotext_SaysSoAndChangesNothing()
    {
        await using var context = new BenchContext();
        var (page, details) = Open(context, "");
        page.Find("#prompt").Change("mine");

        details.Find("[data-testid=use-settings]").Click();

        page.WaitForAssertion(() => Assert.Contains(
            "says nothing", page.Find("[data-testid=error-form]").TextContent, StringComparison.Ordinal));
        Assert.Equal("mine", page.Find("#prompt").GetAttribute("value"));
    }

    private static (IRenderedComponent<RequestForm> Page, IRenderedComponent<PictureDetails> Details) Open(BenchContext context, string infotext)
    {
        context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(64, 64, 1, 1), 1, infotext));
        return (context.Render<RequestForm>(), context.Render<PictureDetails>());
    }
}
