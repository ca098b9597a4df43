using System.Diagnostics;
using Microsoft.Playwright;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Metrics;
using RegionWebUI.TestKit;

namespace RegionWebUI.Browser.Tests;

/// <summary>The main job in real Chromium on the real model.</summary>
public sealed class TextToImageJourneys(BrowserFixture browser, ITestOutputHelper output) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_PromptAndCtrlEnter_ShowsAndKeepsThePicture()
    {
        var page = await browser.OpenAsync();

        await page.GenerateAsync("a panda on a blue background", seed: 42, steps: 12);
        var picture = await page.ResultAsync(42);

        Assert.Equal((128, 128), (picture.Width, picture.Height));
        await Assertions.Expect(page.GetByTestId("infotext")).ToContainTextAsync("Steps: 12, Sampler: DDIM");
        await Assertions.Expect(page.GetByTestId("strip-item").First).ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download").ClickAsync());
        var saved = PngFile.Decode(await File.ReadAllBytesAsync(await download.PathAsync(), Stop));
        Assert.StartsWith("a panda on a blue background\nSteps: 12", saved.Infotext, StringComparison.Ordinal);
        AssertSame(picture, saved.Image);
    }

    [Fact]
    public async Task Generate_LongRun_PreviewsSharpenTowardsThePicture()
    {
        var page = await browser.OpenAsync();
        var previews = new List<Image>();
        var last = "";
        var clock = Stopwatch.StartNew();

        await page.GenerateAsync("a donut on a green background", seed: 7, steps: 150);
        while (await page.GetByTestId("result").CountAsync() == 0 || await page.GetByTestId("preview").CountAsync() > 0 || previews.Count == 0)
        {
            // Asked in one go: between two questions the run may end and the preview be gone.
            var source = await page.EvaluateAsync<string?>("document.querySelector('[data-testid=preview]')?.getAttribute('src') ?? null");
            if (source is not null && source != last)
            {
                last = source;
                previews.Add(await page.PictureAsync(source));
            }

            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(3), $"no picture after three minutes and {previews.Count} previews");
            await page.WaitForTimeoutAsync(50);
        }

        var final = await page.ResultAsync(7);
        var psnr = previews.ConvertAll(p => Psnr.Of(p, final));
        output.WriteLine($"{previews.Count} previews: {string.Join(", ", psnr.Select(p => $"{p:f1}"))} dB");
        Assert.True(psnr.Distinct().Count() >= 4, $"only {psnr.Distinct().Count()} different previews were seen");
        double[] spread = [psnr[0], psnr[psnr.Count / 3], psnr[psnr.Count * 2 / 3], psnr[^1]];
        Assert.Equal(spread.Order(), spread);
        Assert.True(spread[^1] > spread[0] + 3, "the previews do not sharpen");
    }

    [Fact]
    public async Task Interrupt_EscAtStep3Of200_EndsWithinAStepAndTheNextRunIsFresh()
    {
        var page = await browser.OpenAsync();
        var before = await page.GetByTestId("strip-item").CountAsync();

        await page.GenerateAsync("a cake on a blue background", seed: 5, steps: 200);
        var shown = await page.StepAsync(atLeast: 3);
        var clock = Stopwatch.StartNew();
        await page.Keyboard.PressAsync("Escape");
        var pressed = clock.Elapsed;
        var end = await page.InterruptedStepAsync();

        // One step is in flight when Esc comes; the page is up to 100 ms behind, and the key and its way to the program take their time.
        // The machine may just now be twice as fast as the rate that was shown.
        var meanwhile = (pressed + TimeSpan.FromMilliseconds(200)).TotalSeconds * 2 * shown.PerSecond;
        output.WriteLine($"Esc after {shown}, {pressed.TotalMilliseconds:f0} ms later; interrupted at step {end}");
        Assert.True(shown is { Steps: 200, PerSecond: > 0 }, $"{shown}");
        Assert.InRange(end, shown.Step, shown.Step + 1 + (int)Math.Ceiling(meanwhile));
        await Assertions.Expect(page.GetByTestId("announcement")).ToContainTextAsync("nothing was kept");
        await page.GenerateAsync("a cake on a blue background", seed: 6, steps: 8);
        var next = await page.ResultAsync(6);

        Assert.Equal(before + 1, await page.GetByTestId("strip-item").CountAsync());
        var fresh = browser.Data.File("fresh.png");
        await RunningProgram.RunAsync(Stop, "generate", "--prompt", "a cake on a blue background", "--seed", "6", "--steps", "8", "--out", fresh);
        AssertSame(PngFile.Decode(await File.ReadAllBytesAsync(fresh, Stop)).Image, next);
    }

    [Fact]
    public async Task Reload_DuringARun_ShowsItStillRunning()
    {
        var page = await browser.OpenAsync();
        await page.GenerateAsync("a bus on a pink background", seed: 9, steps: 1000);
        var job = await page.ShownJobAsync();
        var before = await page.StepAsync(atLeast: 2);

        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-ready='true']");

        var after = await page.StepAsync(atLeast: 1);
        Assert.Equal(1000, after.Steps);
        Assert.True(after.Step >= before.Step, $"step {after.Step} after the reload, {before.Step} before");
        Assert.Equal(job, await page.ShownJobAsync());
        await Assertions.Expect(page.GetByTestId("progress")).ToBeVisibleAsync();
        Assert.InRange(await page.InterruptAsync(), after.Step, 999);
    }

    [Fact]
    public async Task Esc_ThatClosesAList_LeavesTheRunAlone()
    {
        var page = await browser.OpenAsync();
        await page.GenerateAsync("a bus on a pink background", seed: 10, steps: 1000);
        var before = await page.StepAsync(atLeast: 2);

        // Chromium keeps the key of an open list to itself; other browsers tell the page as well, as the dispatched one does.
        await page.GetByTestId("sampler").ClickAsync();
        Assert.True(await page.GetByTestId("sampler").EvaluateAsync<bool>("list => list.matches(':open')"));
        await page.GetByTestId("sampler").DispatchEventAsync("keydown", new { key = "Escape", bubbles = true });
        await page.Keyboard.PressAsync("Escape");
        await page.StepAsync(atLeast: before.Step + 10);

        // Closed, it has the focus still.
        await page.InterruptAsync();
    }

    [Fact]
    public async Task Restart_AfterAPicture_TheStripShowsItAgain()
    {
        var page = await browser.OpenAsync();
        await page.GenerateAsync("an apple on a white background", seed: 11, steps: 4);
        await page.ResultAsync(11);

        await browser.RestartAsync();
        page = await browser.OpenAsync();
        await page.GetByTestId("strip-item").First.ClickAsync();

        await Assertions.Expect(page.GetByTestId("infotext")).ToContainTextAsync("Seed: 11,");
    }

    [Theory]
    [InlineData("width", "100", "multiple of 8")]
    [InlineData("height", "4096", "2048")]
    [InlineData("steps", "0", "1")]
    [InlineData("steps", "10000", "1000")]
    [InlineData("seed", "-5", "4294967295")]
    [InlineData("cfg", "NaN", "100")]
    [InlineData("cfg", "much", "from 1 to 100")]
    public async Task Generate_ValueOutOfRange_SaysSoAtTheField(string field, string value, string legal)
    {
        var page = await browser.OpenAsync();
        await page.SetAsync("prompt", "a cat");

        await page.SetAsync(field, value);
        await page.GetByTestId("generate").ClickAsync();

        await Assertions.Expect(page.GetByTestId($"error-{field}")).ToContainTextAsync(legal);
        await page.AssertAccessibleAsync($"error-{field}");
    }

    [Fact]
    public async Task Generate_PromptOfAHundredThousandCharacters_SaysSoAtThePrompt()
    {
        var page = await browser.OpenAsync();
        await page.SetAsync("prompt", new string('x', 100_000));
        await page.GetByTestId("generate").ClickAsync();

        var error = page.GetByTestId("error-prompt");
        await Assertions.Expect(error).ToContainTextAsync("100,000");
        Assert.InRange((await error.InnerTextAsync()).Length, 1, 200);
    }

    [Fact]
    public async Task Generate_ValueCorrectedAfterARefusal_IsTakenAsTyped()
    {
        var page = await browser.OpenAsync();
        await page.SetAsync("width", "100");
        await page.GenerateAsync("a cake on a blue background", seed: 44, steps: 3);
        await Assertions.Expect(page.GetByTestId("error-width")).ToBeVisibleAsync();

        await page.SetAsync("width", "128");
        await page.GenerateAsync("a cake on a blue background", seed: 45, steps: 3);

        var picture = await page.ResultAsync(45);
        Assert.Equal((128, 128), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1920, 1080)]
    public async Task Page_IdleRunningAndDone_HasNoSeriousAxeFindingAndFits(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await page.AssertAccessibleAsync("idle");
        await page.GenerateAsync("a robot on a green background", seed: 21, steps: 1000);
        var before = await page.StepAsync(atLeast: 2);
        await page.AssertAccessibleAsync("running");
        await Assertions.Expect(page.GetByTestId("interrupt")).ToBeInViewportAsync();
        Assert.InRange(await page.InterruptAsync(), before.Step, 999);
        await page.GenerateAsync("a robot on a green background", seed: 22, steps: 6);
        await page.ResultAsync(22);
        await page.AssertAccessibleAsync("done");
        foreach (var control in new[] { "prompt", "generate", "result", "infotext", "strip" })
        {
            await Assertions.Expect(page.GetByTestId(control)).ToBeInViewportAsync();
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Keyboard_Alone_MakesAPicture()
    {
        var page = await browser.OpenAsync();
        await page.TabToAsync("prompt");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("a balloon on a purple background");
        await page.TabToAsync("steps");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("4");
        await page.TabToAsync("seed");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("33");
        await page.TabToAsync("generate");
        await page.Keyboard.PressAsync("Enter");

        await page.ResultAsync(33);
    }

    private static void AssertSame(Image expected, Image actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.True(expected.Rgb.Span.SequenceEqual(actual.Rgb.Span), $"the pictures differ: {Psnr.Of(expected, actual):f1} dB");
    }
}
