using Bunit;
using Microsoft.AspNetCore.Components;
using RegionWebUI.Components.Extensions;
using RegionWebUI.Components.Layout;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class ExtensionsPageTests
{
    [Fact]
    public async Task List_ShowsEveryEntryWithStateReasonAndSwitch()
    {
        await using var context = new BenchContext();
        context.Catalog.Become(
            FakeCatalog.Plain("one"),
            FakeCatalog.Plain("two", ExtensionState.Off),
            FakeCatalog.Plain("three", ExtensionState.Broken) with { Reason = "It refers to <b>System.Net</b>." },
            new ExtensionEntry("four", ExtensionState.Missing) { Reason = "Its folder is missing." });
        var page = context.Render<ExtensionsPage>();

        Assert.Equal(["one", "two", "three", "four"], page.FindAll("li").Select(row => row.GetAttribute("data-testid")!["extension-".Length..]));
        Assert.Equal(["On", "Off", "On", "On"], page.FindAll(".switch-word").Select(s => s.TextContent));
        Assert.Equal(["cannot be used", "folder is missing"], page.FindAll(".state").Select(s => s.TextContent));
        Assert.Equal(["true", "false", "true", "true"], page.FindAll("[role=switch]").Select(s => s.GetAttribute("aria-checked")));
        Assert.Equal(
            ["The one one", "The two one", "The three one", "four"],
            page.FindAll("[role=switch]").Select(s => s.GetAttribute("aria-label")));
        Assert.Equal("It refers to <b>System.Net</b>.", page.Find("[data-testid=reason-three]").TextContent);
        Assert.Equal("alert", page.Find("[data-testid=reason-three]").GetAttribute("role"));
        Assert.Contains("with all its rights", page.Markup, StringComparison.Ordinal);
        Assert.Contains("from the next job on", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid^=earlier-]"));
    }

    [Fact]
    public async Task Switch_OfWhatWasSwitchedOffForItsFaults_StandsOffAndSwitchesOn()
    {
        await using var context = new BenchContext();
        context.Catalog.Become(FakeCatalog.Plain("one", ExtensionState.Broken) with { IsQuarantined = true, Reason = "switched off after three." });
        var page = context.Render<ExtensionsPage>();
        Assert.Equal(("switched off", "Off"), (page.Find(".state").TextContent, page.Find(".switch-word").TextContent));
        Assert.Equal("Switched off after three.", page.Find("[data-testid=reason-one]").TextContent);

        await page.Find("[data-testid=switch-one]").ClickAsync(new());

        page.WaitForAssertion(() =>
            Assert.Contains("switched on, from the next job on", page.Find("[data-testid=said]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_WithoutExtensions_SaysSo()
    {
        await using var context = new BenchContext();
        context.Catalog.Become();
        var page = context.Render<ExtensionsPage>();

        Assert.NotNull(page.Find("[data-testid=no-extensions]"));
    }

    [Fact]
    public async Task Switch_TurnsOffAndOnAndSaysSo()
    {
        await using var context = new BenchContext();
        var page = context.Render<ExtensionsPage>();

        await page.Find("[data-testid=switch-mixed]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("false", page.Find("[data-testid=switch-mixed]").GetAttribute("aria-checked")));
        Assert.Contains("switched off, from the next job on", page.Find("[data-testid=said]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=switch-mixed]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[data-testid=switch-mixed]").GetAttribute("aria-checked")));
    }

    public static TheoryData<Exception, string> Refusals => new()
    {
        { new IOException("The disk is full."), "The change could not be saved (The disk is full)." },
        { new BadInputException("Id", "There is no extension 'mixed'."), "There is no extension 'mixed'." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Switch_ThatFails_SaysOneSentenceAndShowsWhatIs(Exception refusal, string sentence)
    {
        await using var context = new BenchContext();
        var page = context.Render<ExtensionsPage>();
        context.Catalog.Refusal = refusal;

        await page.Find("[data-testid=switch-mixed]").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(sentence, page.Find("[data-testid=extensions-error]").TextContent));
        Assert.Equal("true", page.Find("[data-testid=switch-mixed]").GetAttribute("aria-checked"));
        Assert.False(page.Find("[data-testid=switch-mixed]").HasAttribute("disabled"));
        Assert.Equal("", page.Find("[data-testid=said]").TextContent);
    }

    [Fact]
    public async Task Move_ChangesTheOrder_AndTheEndsCannotGoFurther()
    {
        await using var context = new BenchContext();
        context.Catalog.Become(FakeCatalog.Plain("a"), FakeCatalog.Plain("b"), FakeCatalog.Plain("c", ExtensionState.Off));
        var page = context.Render<ExtensionsPage>();
        bool Off(string button) => page.Find($"[data-testid={button}]").HasAttribute("disabled");
        Assert.Equal((true, false, false, true), (Off("earlier-a"), Off("later-a"), Off("earlier-b"), Off("later-b")));

        await page.Find("[data-testid=later-a]").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(["b", "a", "c"], context.Catalog.Entries.Select(e => e.Id)));
        page.WaitForAssertion(() => Assert.Equal((false, true), (Off("earlier-a"), Off("later-a"))));
        Assert.Equal("Run The a one earlier", page.Find("[data-testid=earlier-a]").GetAttribute("aria-label"));
        page.WaitForAssertion(() => Assert.Contains("was moved later", page.Find("[data-testid=said]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_LooksThroughTheFolders_AndChangesFromElsewhereAppear()
    {
        await using var context = new BenchContext();
        var page = context.Render<ExtensionsPage>();

        await page.Find("[data-testid=refresh]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(1, context.Catalog.Refreshes));
        context.Catalog.Become(FakeCatalog.Plain("new"));

        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-testid=extension-new]")));
    }

    [Fact]
    public async Task Tab_OfAnExtension_IsInTheNavigationAndOpensAtItsAddress()
    {
        await using var context = new BenchContext();
        var nav = context.Render<NavTabs>();
        Assert.Equal(["/", "/png-info", "/extensions"], nav.FindAll("a").Select(a => a.GetAttribute("href")));
        context.Catalog.Become(WithTab<Hello>());
        nav.WaitForAssertion(() => Assert.Equal(
            ["/", "/ext/tabbed/hello", "/png-info", "/extensions"], nav.FindAll("a").Select(a => a.GetAttribute("href"))));

        var page = context.Render<ExtensionTabPage>(tab => tab.Add(t => t.Id, "tabbed").Add(t => t.Slug, "hello"));
        Assert.Equal("Hello from an extension", page.Find("[data-testid=ext-page]").TextContent);

        context.Catalog.Become();
        page.WaitForAssertion(() => Assert.Contains("no such tab", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tab_ThatThrows_NamesItsExtensionAndCanBeTriedAgain()
    {
        await using var context = new BenchContext();
        context.Catalog.Become(WithTab<Broken>());
        Broken.Throws = true;
        var page = context.Render<ExtensionTabPage>(tab => tab.Add(t => t.Id, "tabbed").Add(t => t.Slug, "hello"));
        var error = page.Find("[data-testid=ext-error]").TextContent;
        Assert.Contains("'tabbed' failed", error, StringComparison.Ordinal);
        Assert.Contains("no luck", error, StringComparison.Ordinal);

        Broken.Throws = false;
        page.Find("button").Click();

        Assert.NotNull(page.Find("[data-testid=ext-page]"));
    }

    [Fact]
    public async Task Tab_CannotBeMade_NamesItsExtensionAndThePageStays()
    {
        foreach (var (entry, word) in new[] { (WithTab<Unmade>(), "never made"), (WithTab<Wanting>(), "Uri"), (WithTab<Mute>(), "'tabbed' failed") })
        {
            await using var context = new BenchContext();
            context.Catalog.Become(entry);
            var page = context.Render<ExtensionTabPage>(tab => tab.Add(t => t.Id, "tabbed").Add(t => t.Slug, "hello"));
            Assert.Contains(word, page.Find("[data-testid=ext-error]").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ClosedPages_NoLongerListenToTheCatalog()
    {
        var context = new BenchContext();
        context.Render<ExtensionsPage>();
        context.Render<NavTabs>();
        context.Render<ExtensionTabPage>();
        context.Render<RegionWebUI.Components.TextToImage.ExtensionGroups>();
        Assert.Equal(4, context.Catalog.Listeners);

        await context.DisposeComponentsAsync();

        Assert.Equal(0, context.Catalog.Listeners);
        await context.DisposeAsync();
    }

    private static ExtensionEntry WithTab<T>() =>
        FakeCatalog.Plain("tabbed") with { Tabs = [new ExtensionTab("tabbed", typeof(T), "Hello", "/ext/tabbed/hello")] };

    private sealed class Hello : ComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, "Hello from an extension");
    }

    private sealed class Broken : ComponentBase
    {
        public static bool Throws { get; set; }

        protected override void OnInitialized()
        {
            if (Throws)
            {
                throw new InvalidOperationException("no luck.");
            }
        }
    }

    private sealed class Unmade : ComponentBase
    {
        public Unmade() => throw new InvalidOperationException("never made");
    }

    private sealed class Wanting : ComponentBase
    {
        [Inject]
        public Uri Missing { get; set; } = null!;
    }

    private sealed class Mute : ComponentBase
    {
        protected override void OnInitialized() => throw new Wordless();

        private sealed class Wordless : Exception
        {
            public override string Message => throw new Wordless();
        }
    }
}
