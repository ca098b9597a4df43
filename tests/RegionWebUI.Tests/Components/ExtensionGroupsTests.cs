using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class ExtensionGroupsTests
{
    [Fact]
    public async Task Groups_AreTheExtensionsThatAreOnAndHaveParameters()
    {
        await using var context = new BenchContext();
        context.Catalog.Become(
            FakeCatalog.Plain("plain"), FakeCatalog.Mixed("one"), FakeCatalog.Mixed("off") with { State = ExtensionState.Off });
        var page = context.Render<RequestForm>();

        Assert.Equal(
            ["group-one-head"], page.FindAll(".fold-button").Select(b => b.Id).Where(id => id!.StartsWith("group-", StringComparison.Ordinal)));
        var head = page.Find("#group-one-head");
        Assert.Contains("The one one", head.TextContent, StringComparison.Ordinal);
        Assert.Contains("1.2.3", head.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Controls_AreThoseOfTheKindsWithNameHelpAndRange()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();

        Assert.Equal(
            ["textarea 3", "input text", "input text", "input text", "select ", "input checkbox"],
            new[] { "words", "line", "count", "factor", "axis", "hard" }.Select(name => page.Find($"#ext-mixed-{name}"))
                .Select(c => $"{c.LocalName} {c.GetAttribute("rows") ?? c.GetAttribute("type")}"));
        Assert.Equal("How many. 1–9.", page.Find("#ext-mixed-count-help").TextContent);
        Assert.Equal("How much.", page.Find("#ext-mixed-factor-help").TextContent);
        Assert.Equal("Hard edges", page.Find("label[for=ext-mixed-hard]").TextContent);
        Assert.Equal("0.7", page.Find("#ext-mixed-factor").GetAttribute("value"));
        Assert.Empty(page.FindAll("#ext-mixed-line-help"));
    }

    [Fact]
    public async Task Values_ThatDifferFromTheDefault_AreSentAndCounted()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#ext-mixed-words").Change("a cat\na dog ");
        page.Find("#ext-mixed-count").Change(" 2 ");
        page.Find("#ext-mixed-factor").Change("0,5");
        page.Find("#ext-mixed-hard").Change(true);

        page.Find("form").Submit();

        var expected = new Dictionary<string, string> { ["mixed/factor"] = "0.5", ["mixed/hard"] = "true", ["mixed/words"] = "a cat\na dog " };
        Assert.Equal(expected, Assert.Single(context.Queue.Submitted).Extensions);
        page.Find("#ext-mixed-count").Change("2");
        Assert.Contains("3 set", page.Find("#group-mixed-head").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ext/mixed/count", "ext-mixed-count", true)]
    [InlineData("ext/gone/count", "form", false)]
    public async Task Refusal_OfAnExtensionsValue_IsShownAtItsControlInTheOpenedGroup(string field, string control, bool opens)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Assert.True(page.Find("#group-mixed-body").HasAttribute("hidden"));
        context.Queue.Refusal = new BadInputException(field, "Count must be from 1 to 9, not 10.");

        page.Find("form").Submit();

        Assert.Equal("Count must be from 1 to 9, not 10.", page.Find($"[data-testid=error-{control}]").TextContent);
        Assert.Equal(opens, !page.Find("#group-mixed-body").HasAttribute("hidden"));
    }

    [Fact]
    public async Task TextThatIsNoNumber_IsRefusedAtItsControlAndNothingIsQueued()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#ext-mixed-count").Change("many");

        page.Find("form").Submit();

        Assert.Contains("not 'many'", page.Find("[data-testid=error-ext-mixed-count]").TextContent, StringComparison.Ordinal);
        Assert.Empty(context.Queue.Submitted);
    }

    [Fact]
    public async Task CatalogThatChanges_IsFollowedWithoutLosingWhatWasTyped()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#ext-mixed-count").Change("7");

        context.Catalog.Disable("mixed");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#ext-mixed-count")));
        page.Find("form").Submit();
        Assert.Empty(context.Queue.Submitted[0].Extensions);

        context.Catalog.Enable("mixed");
        page.WaitForAssertion(() => Assert.Equal("7", page.Find("#ext-mixed-count").GetAttribute("value")));
        page.Find("form").Submit();
        Assert.Equal("7", context.Queue.Submitted[1].Extensions["mixed/count"]);
    }

    [Fact]
    public async Task PageOpenedAfterARun_ShowsItsValues()
    {
        await using var context = new BenchContext();
        var values = new Dictionary<string, string> { ["mixed/axis"] = "Height", ["mixed/hard"] = "true" };
        context.Queue.Submit(new GenerationRequest { Extensions = values });

        var page = context.Render<RequestForm>();

        Assert.Equal("Height", page.Find("#ext-mixed-axis").GetAttribute("value"));
        Assert.True(page.Find("#ext-mixed-hard").HasAttribute("checked"));
        Assert.Contains("2 set", page.Find("#group-mixed-head").TextContent, StringComparison.Ordinal);
    }
}
