using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Tests.Components;

public sealed class PromptFieldTests
{
    [Fact]
    public async Task Counter_OfBothPrompts_FollowsTheTextAndTurnsWhenFewTokensAreLeft()
    {
        await using var context = new BenchContext(counts: true);
        var page = context.Render<RequestForm>();
        page.WaitForAssertion(() => Assert.Equal("0 / 75", page.Find("[data-testid=negative-tokens-text]").TextContent));

        await page.InvokeAsync(() => page.Find("#prompt").Change(Words(60)));
        page.WaitForAssertion(() => Assert.Equal("60 / 75", page.Find("[data-testid=prompt-tokens-text]").TextContent));
        Assert.Contains("counter-full", page.Find("#prompt-tokens").ClassName, StringComparison.Ordinal);
        Assert.Equal("prompt-tokens", page.Find("#prompt").GetAttribute("aria-describedby"));
        Assert.Equal("", page.Find("[data-testid=prompt-said]").TextContent);

        await page.InvokeAsync(() => page.Find("#prompt").Change(Words(81)));
        page.WaitForAssertion(() => Assert.Equal("81 / 150 · 2 chunks", page.Find("[data-testid=prompt-tokens-text]").TextContent));
        Assert.DoesNotContain("counter-full", page.Find("#prompt-tokens").ClassName, StringComparison.Ordinal);
        Assert.Contains("81 of 150 tokens in 2 chunks", page.Find("#prompt-tokens").TextContent, StringComparison.Ordinal);
        Assert.Equal("The prompt takes 2 chunks.", page.Find("[data-testid=prompt-said]").TextContent);
    }

    [Fact]
    public async Task Reading_DependsOnStepsSettingsAndStyles()
    {
        await using var context = new BenchContext(counts: true);
        context.Styles.Save(new PromptStyle("wide", "{prompt} on a beach", ""));
        var page = context.Render<RequestForm>();
        await page.InvokeAsync(() => page.Find("#prompt").Change("a cat"));
        await page.InvokeAsync(() => page.Find("#steps").Change("33"));
        await page.InvokeAsync(() => page.Find("#emphasis").Change("None"));
        await page.InvokeAsync(() => page.Find("[data-testid=style]").Change(true));

        page.WaitForAssertion(() => Assert.Equal("5 / 75", page.Find("[data-testid=prompt-tokens-text]").TextContent));
        Assert.Contains(("a cat on a beach", false, 33, new TextSettings { Emphasis = EmphasisMode.None }), context.Reader.Asked);
        Assert.Contains(context.Reader.Asked, asked => asked is { IsNegative: true, Steps: 33 });
    }

    [Fact]
    public async Task Marks_StandBelowTheBoxWithTheirPlaceAndGoWhenTheTextIsRight()
    {
        await using var context = new BenchContext(counts: true);
        var page = context.Render<RequestForm>();

        await page.InvokeAsync(() => page.Find("#prompt").Change("a lora of (a cat"));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=prompt-mark]").Count));
        var marks = page.FindAll("[data-testid=prompt-mark]");
        Assert.Equal(["10 6 error (a cat", "2 4 hint lora"], marks
            .Select(m => string.Join(' ', new[] { "start", "length", "kind", "piece" }.Select(name => m.GetAttribute($"data-{name}"))))
            .Order(StringComparer.Ordinal));
        Assert.Contains("Error:", marks.Single(m => m.GetAttribute("data-kind") == "error").TextContent, StringComparison.Ordinal);
        Assert.Equal("One error in the prompt.", page.Find("[data-testid=prompt-said]").TextContent);

        await page.InvokeAsync(() => page.Find("#prompt").Change("(a cat)"));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=prompt-mark]")));
    }

    [Fact]
    public async Task Generate_WithAnErrorInAPrompt_IsRefusedAtThatPromptWithItsSentence()
    {
        await using var context = new BenchContext(counts: true);
        var page = context.Render<RequestForm>();
        await page.InvokeAsync(() => context.Bench.Form[FieldIds.Negative] = "(blurry");

        await page.InvokeAsync(() => context.Bench.Submit());

        Assert.Empty(context.Queue.Submitted);
        page.WaitForAssertion(() => Assert.Equal(
            "The bracket is not closed: write ) after it.", page.Find("[data-testid=error-negative]").TextContent));
        await page.InvokeAsync(() => context.Bench.Form[FieldIds.Negative] = "(blurry)");
        await page.InvokeAsync(() => context.Bench.Submit());
        Assert.Equal("(blurry)", Assert.Single(context.Queue.Submitted).NegativePrompt);
    }

    [Fact]
    public async Task Box_OfAModelWithoutReader_HasNoCounter()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();

        await page.InvokeAsync(() => page.Find("#prompt").Change("a (cat"));
        page.Find("form").Submit();

        Assert.Empty(page.FindAll(".counter"));
        Assert.Null(page.Find("#prompt").GetAttribute("aria-describedby"));
        Assert.Equal("a (cat", Assert.Single(context.Queue.Submitted).Prompt);
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("cat", count));
}
