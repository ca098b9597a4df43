using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace RegionWebUI.Browser.Tests;

/// <summary>The page of extensions in real Chromium, with the extensions that come with the program, if any do.</summary>
public sealed class ExtensionJourneys(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1920, 1080)]
    public async Task Page_OpenedFromTheTabs_HasNoSeriousAxeFindingAndKeepsTheForm(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await page.SetAsync("prompt", "a cat that stays");
        await page.GetByTestId("tab-extensions").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Extensions", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("with all its rights");
        await page.AssertAccessibleAsync("extensions");
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Text to image" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("prompt")).ToHaveValueAsync("a cat that stays");
    }

    [Fact]
    public async Task Switch_ByKeyboardAlone_TakesTheParametersOffTheFormAndBringsThemBack()
    {
        var page = await browser.OpenAsync();
        await page.GetByTestId("tab-extensions").ClickAsync();
        var switches = page.GetByRole(AriaRole.Switch);
        await page.GetByTestId("refresh").WaitForAsync();
        Assert.SkipWhen(await switches.CountAsync() == 0, "No extension comes with this build.");
        var testId = (await switches.First.GetAttributeAsync("data-testid"))!;
        var group = page.GetByTestId($"group-{testId["switch-".Length..]}-head");

        await SwitchAsync(page, testId, on: true);
        await page.GotoHomeAsync();
        await Assertions.Expect(group).ToBeVisibleAsync();
        await page.GetByTestId("tab-extensions").ClickAsync();
        await SwitchAsync(page, testId, on: false);
        await page.GotoHomeAsync();
        await Assertions.Expect(group).ToHaveCountAsync(0);
        await page.GetByTestId("tab-extensions").ClickAsync();
        await SwitchAsync(page, testId, on: true);
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1920, 1080)]
    public async Task Generate_WithAnExtension_ShowsWhatItDidAndItsSettingsComeBack(int width, int height)
    {
        const string Value = "ext-cfg-rescale-factor";
        var page = await browser.OpenAsync(width, height);
        await OpenSettingsAsync(page, "cfg-rescale");
        await page.SetAsync(Value, "0.7");
        await page.AssertAccessibleAsync("extension-group");

        await page.GenerateAsync("a panda on a blue background", seed: 51, steps: 6);
        await page.ResultAsync(51);
        await Assertions.Expect(page.GetByTestId("hook-log-head")).ToContainTextAsync("cfg-rescale");
        await page.GetByTestId("hook-log-head").ClickAsync();
        await Assertions.Expect(page.GetByTestId("hook-table")).ToContainTextAsync("combine");
        await page.AssertAccessibleAsync("hook-log");
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.SetAsync(Value, "0");
        await page.GetByTestId("use-settings").ClickAsync();
        await Assertions.Expect(page.GetByTestId(Value)).ToHaveValueAsync("0.7");
        await Assertions.Expect(page.GetByTestId("seed")).ToHaveValueAsync("51");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-ready='true']");
        await Assertions.Expect(page.GetByTestId(Value)).ToHaveValueAsync("0.7");
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1920, 1080)]
    public async Task Generate_WithClipGuidance_DrawsItsDistanceAndKeepsIt(int width, int height)
    {
        const string Words = "distance: 6 values, first ";
        var page = await browser.OpenAsync(width, height);
        await OpenSettingsAsync(page, "clip-guidance");
        await page.SetAsync("ext-clip-guidance-text", "a penguin");
        await page.SetAsync("ext-clip-guidance-from", "0");

        await page.GenerateAsync("a panda on a blue background", seed: width, steps: 6);
        await page.ResultAsync(width);
        var drawing = page.GetByTestId("curve").GetByRole(AriaRole.Img);
        await Assertions.Expect(drawing).ToHaveAttributeAsync("aria-label", new Regex(Words));
        var box = (await drawing.BoundingBoxAsync())!;
        Assert.True(box.Width >= 80 && box.Height >= 30, $"The drawing has {box.Width} x {box.Height} pixels.");
        Assert.True(box.Y + box.Height <= height, $"The drawing ends at {box.Y + box.Height}, below the page.");
        await page.AssertAccessibleAsync("curve");
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-ready='true']");
        await Assertions.Expect(drawing).ToHaveAttributeAsync("aria-label", new Regex(Words));
        await page.TabToAsync("curve-values");
        var address = await page.EvaluateAsync<string>("document.activeElement.href");
        var numbers = await (await page.APIRequest.GetAsync(address)).JsonAsync();
        Assert.Equal(6, numbers!.Value[0].GetProperty("values").GetArrayLength());

        await page.GetByTestId("tab-extensions").ClickAsync();
        await SwitchAsync(page, "switch-clip-guidance", on: false);
    }

    /// <summary>Switches an extension on and opens its settings on the page where pictures are made.</summary>
    private static async Task OpenSettingsAsync(IPage page, string id)
    {
        await page.GetByTestId("tab-extensions").ClickAsync();
        await page.GetByTestId("refresh").WaitForAsync();
        Assert.SkipWhen(await page.GetByTestId($"switch-{id}").CountAsync() == 0, "The extension does not come with this build.");
        await SwitchAsync(page, $"switch-{id}", on: true);
        await page.GotoHomeAsync();
        await page.GetByTestId($"group-{id}-head").ClickAsync();
    }

    private static async Task SwitchAsync(IPage page, string testId, bool on)
    {
        var wanted = on ? "true" : "false";
        await page.TabToAsync(testId);
        if (await page.GetByTestId(testId).GetAttributeAsync("aria-checked") != wanted)
        {
            await page.Keyboard.PressAsync("Space");
        }

        await Assertions.Expect(page.GetByTestId(testId)).ToHaveAttributeAsync("aria-checked", wanted);
    }
}
