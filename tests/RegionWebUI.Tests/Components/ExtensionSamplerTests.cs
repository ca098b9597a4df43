using Bunit;
using RegionWebUI.Components.Extensions;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class ExtensionSamplerTests
{
    [Fact]
    public async Task List_FollowsExtensionsThatGoOnAndOff()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        var own = Choices(page);
        Assert.DoesNotContain("Third", own);

        context.Catalog.Become(Bringing("one", "Third", "Fourth"), FakeCatalog.Mixed("mixed"), Bringing("two", "Fifth"));
        page.WaitForAssertion(() => Assert.Equal([.. own, "Third", "Fourth", "Fifth"], Choices(page)));

        page.Find("#sampler").Change("Third");
        page.Find("form").Submit();
        Assert.Equal("Third", Assert.Single(context.Queue.Submitted).Sampler);

        context.Catalog.Become();
        page.WaitForAssertion(() => Assert.Equal(["Third", .. own], Choices(page)));
        Assert.Equal("Third", page.Find("#sampler").GetAttribute("value"));
        page.Find("#sampler").Change("DDIM");
        page.WaitForAssertion(() => Assert.Equal(own, Choices(page)));
    }

    [Theory]
    [InlineData(true, "Third", "")]
    [InlineData(false, "DPM++ 2M", "Nothing here takes Sampler (Third; DPM++ 2M stands in).")]
    public async Task UseSettings_PictureOfTheSampler_TakesItWhileItsExtensionIsOn(bool on, string taken, string left)
    {
        await using var context = new BenchContext();
        if (on)
        {
            context.Catalog.Become(Bringing("one", "Third"));
        }

        context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(64, 64, 1, 1), 1, "a boat\nSteps: 9, Sampler: Third, Seed: 77, Size: 64x64"));
        var page = context.Render<RequestForm>();
        context.Render<PictureDetails>().Find("[data-testid=use-settings]").Click();

        page.WaitForAssertion(() => Assert.Equal("a boat", page.Find("#prompt").GetAttribute("value")));
        Assert.Equal(taken, page.Find("#sampler").GetAttribute("value"));
        Assert.EndsWith(left, page.Find("[data-testid=fill-note]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_OfAnExtension_NamesItsSamplers()
    {
        await using var context = new BenchContext();
        context.Catalog.Become(Bringing("one", "Third"), Bringing("two", "Fourth", "Fifth"), FakeCatalog.Plain("three"));
        var page = context.Render<ExtensionsPage>();

        Assert.Equal(
            ["Sampler: Third (2 model calls a step)", "Samplers: Fourth (2 model calls a step), Fifth (2 model calls a step)"],
            page.FindAll("[data-testid^=samplers-]").Select(p => p.TextContent.Trim()));
    }

    private static string[] Choices(IRenderedComponent<RequestForm> page) =>
        [.. page.FindAll("#sampler option").Select(o => o.GetAttribute("value")!)];

    private static ExtensionEntry Bringing(string id, params string[] names) =>
        FakeCatalog.Plain(id) with { Samplers = [.. names.Select(n => new ExtensionSampler(n, [], 2))] };
}
