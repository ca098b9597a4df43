using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class FillFromTextTests
{
    private const string Infotext = "a boat\nNegative prompt: fog\nSteps: 9, Sampler: Euler a, CFG scale: 3.5, Seed: 77, Size: 256x64, "
        + "Variation seed: 5, Variation seed strength: 0.3";

    [Fact]
    public async Task Paste_OfAnInfotext_FillsTheFormAndUndoPutsTheTextAndTheFormBack()
    {
        await using var context = new BenchContext();
        context.Styles.Save(new PromptStyle("wide", "wide", ""));
        var page = context.Render<RequestForm>();
        page.Find("#steps").Change("31");
        page.Find("[data-testid=style]").Change(true);
        page.Find("#prompt").Change($"old {Infotext}");

        page.Find("[data-pasted]").Change(Infotext);

        Assert.Equal(
            ["a boat", "fog", "9", "Euler a", "3.5", "77", "256", "64", "5", "0.3"],
            new[] { "prompt", "negative", "steps", "sampler", "cfg", "seed", "width", "height", "variation-seed", "variation-strength" }
                .Select(id => page.Find($"#{id}").GetAttribute("value")));
        Assert.Empty(context.Bench.Form.Styles);
        Assert.Contains("pasted text", page.Find("[data-testid=fill-note]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=undo-fill]").Click();
        Assert.Equal(
            [$"old {Infotext}", "", "31", "DDIM", "-1", "-1"],
            new[] { "prompt", "negative", "steps", "sampler", "seed", "variation-seed" }
                .Select(id => page.Find($"#{id}").GetAttribute("value") ?? ""));
        Assert.Equal("wide", Assert.Single(context.Bench.Form.Styles).Name);
        Assert.Empty(page.FindAll("[data-testid=fill-note]"));
    }

    [Theory]
    [InlineData("light: soft, mood: calm, style: oil")]
    [InlineData("a cat on a beach")]
    public async Task Paste_OfAPrompt_LeavesItAlone(string text)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#prompt").Change(text);

        page.Find("[data-pasted]").Change(text);

        Assert.Equal(text, page.Find("#prompt").GetAttribute("value"));
        Assert.Empty(page.FindAll(".fill-note [data-testid=undo-fill]"));
    }

    [Fact]
    public async Task Button_WithAnInfotextTyped_FillsTheForm()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#prompt").Change(Infotext);

        page.Find("[data-testid=read-parameters]").Click();

        Assert.Equal("a boat", page.Find("#prompt").GetAttribute("value"));
        page.Find("form").Submit();
        Assert.Empty(page.FindAll("[data-testid=undo-fill]"));
        Assert.Equal(77, Assert.Single(context.Queue.Submitted).Seed);
    }

    [Fact]
    public async Task Button_WithAnEmptyPrompt_TakesTheNewestPicture()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("[data-testid=read-parameters]").Click();
        Assert.Contains("no picture yet", page.Find("[data-testid=error-form]").TextContent, StringComparison.Ordinal);
        context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(64, 64, 1, 1), 1, Infotext));

        page.Find("[data-testid=read-parameters]").Click();

        Assert.Equal("a boat", page.Find("#prompt").GetAttribute("value"));
        Assert.Empty(page.FindAll("[data-testid=error-form]"));
    }

    [Fact]
    public async Task Button_WithAPlainPrompt_SaysThatItHoldsNoParameters()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#prompt").Change("a cat");

        page.Find("[data-testid=read-parameters]").Click();

        Assert.Contains("holds no parameters", page.Find("[data-testid=error-form]").TextContent, StringComparison.Ordinal);
        Assert.Equal("a cat", page.Find("#prompt").GetAttribute("value"));
    }
}
