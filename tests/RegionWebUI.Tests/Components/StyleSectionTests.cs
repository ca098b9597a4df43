using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Tests.Components;

public sealed class StyleSectionTests
{
    [Fact]
    public async Task Chosen_GoIntoTheRequestInTheirOrderAndStayOutOfTheBoxes()
    {
        await using var context = new BenchContext();
        context.Styles.Save(new PromptStyle("oil", "{prompt}, oil on canvas", "photo"));
        context.Styles.Save(new PromptStyle("dark", "dark", ""));
        var page = context.Render<RequestForm>();
        page.Find("#prompt").Change("a cat");
        page.FindAll("[data-testid=style]")[1].Change(true);
        page.FindAll("[data-testid=style]")[0].Change(true);

        page.Find("form").Submit();

        var sent = Assert.Single(context.Queue.Submitted);
        Assert.Equal(("a cat, dark, oil on canvas", "photo"), (sent.Prompt, sent.NegativePrompt));
        Assert.Equal("a cat", page.Find("#prompt").GetAttribute("value"));
        Assert.Equal("2 used", page.Find("#styles-head .fold-note").TextContent);
        page.FindAll("[data-testid=style]")[1].Change(false);
        page.Find("form").Submit();
        Assert.Equal("a cat, oil on canvas", context.Queue.Submitted[1].Prompt);
    }

    [Fact]
    public async Task SaveDeleteAndUndo_ChangeTheShelf()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#prompt").Change("a cat");
        page.Find("#negative").Change("dog");
        page.Find("#style-name").Change(" cats ");
        page.Find("[data-testid=style-save]").Click();
        Assert.Equal(new PromptStyle("cats", "a cat", "dog"), Assert.Single(context.Styles.Styles));
        Assert.Contains("Saved as 'cats'", page.Find("[data-testid=style-note]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=style]").Change(true);
        page.Find("[data-testid=style-delete]").Click();
        Assert.Empty(context.Styles.Styles);
        Assert.Empty(context.Bench.Form.Styles);
        page.Find("[data-testid=style-undo]").Click();
        Assert.Equal("cats", Assert.Single(context.Styles.Styles).Name);
    }

    [Fact]
    public async Task Save_UnderANameThatIsNotLegal_SaysSoAtTheBox()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();

        page.Find("[data-testid=style-save]").Click();

        Assert.Contains("A style's name must be one line", page.Find("[data-testid=error-style-name]").TextContent, StringComparison.Ordinal);
        Assert.Empty(context.Styles.Styles);
    }
}
