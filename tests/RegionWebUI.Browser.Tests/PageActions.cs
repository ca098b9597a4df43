using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Browser.Tests;

/// <summary>What a person does on the page.</summary>
internal static class PageActions
{
    public static async Task SetAsync(this IPage page, string field, string value)
    {
        await page.GetByTestId(field).FillAsync(value);
        await page.GetByTestId(field).BlurAsync();
    }

    /// <summary>Fills prompt, seed and steps and starts with Ctrl+Enter from the prompt.</summary>
    public static async Task GenerateAsync(this IPage page, string prompt, long seed, int steps)
    {
        await page.SetAsync("steps", $"{steps}");
        await page.SetAsync("seed", $"{seed}");
        await page.SetAsync("prompt", prompt);
        await page.GetByTestId("prompt").PressAsync("Control+Enter");
    }

    /// <summary>Waits until the finished picture of a seed is shown and gives its pixels.</summary>
    public static async Task<Image> ResultAsync(this IPage page, long seed)
    {
        await Assertions.Expect(page.GetByTestId("infotext")).ToContainTextAsync($"Seed: {seed},", new() { Timeout = 120_000 });
        var result = page.GetByTestId("result");
        await result.WaitForAsync();
        return await page.PictureAsync((await result.GetAttributeAsync("src"))!);
    }

    /// <summary>Fetches a picture as the browser would.</summary>
    public static async Task<Image> PictureAsync(this IPage page, string source)
    {
        var response = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), source).ToString());
        Assert.Equal(200, response.Status);
        return PngFile.Decode(await response.BodyAsync()).Image;
    }

    /// <summary>Waits, at most a minute, until the page shows at least this step of a run, and gives what it shows then.</summary>
    public static async Task<ShownStep> StepAsync(this IPage page, int atLeast)
    {
        const string Shown = "n => { const text = document.querySelector('[data-testid=progress-text]')?.textContent ?? ''; "
            + @"const step = /^Step (\d+)\/\d+/.exec(text); return step && +step[1] >= n ? text : null; }";
        try
        {
            var text = await page.WaitForFunctionAsync(Shown, atLeast, new() { Timeout = 60_000, PollingInterval = 10 });
            return ShownStep.Parse(await text.JsonValueAsync<string>());
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Step {atLeast} was not shown within a minute, but '{await page.GetByTestId("progress-text").InnerTextAsync()}'.");
            throw;
        }
    }

    /// <summary>Presses Esc and gives the step at which the run ended.</summary>
    public static async Task<int> InterruptAsync(this IPage page)
    {
        await page.Keyboard.PressAsync("Escape");
        return await page.InterruptedStepAsync();
    }

    /// <summary>Waits, at most two seconds, for the word that the run was interrupted, and gives the step that it names.</summary>
    public static async Task<int> InterruptedStepAsync(this IPage page)
    {
        var status = page.GetByTestId("progress-text");
        await Assertions.Expect(status).ToContainTextAsync("Interrupted at step ", new() { Timeout = 2_000 });
        return int.Parse((await status.InnerTextAsync()).Split(' ')[3], CultureInfo.InvariantCulture);
    }

    /// <summary>Id of the job whose preview is shown.</summary>
    public static async Task<string> ShownJobAsync(this IPage page)
    {
        var source = await page.GetByTestId("preview").GetAttributeAsync("src");
        return source!.Split('/')[4];
    }

    /// <summary>Presses Tab until a control has the focus.</summary>
    public static async Task TabToAsync(this IPage page, string control)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await page.EvaluateAsync<bool>("id => document.activeElement?.dataset.testid === id", control))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not reach '{control}'.");
    }

    /// <summary>Goes to the first tab.</summary>
    public static async Task GotoHomeAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Text to image" }).ClickAsync();
        await page.GetByTestId("prompt").WaitForAsync();
    }

    /// <summary>Takes a picture of the page and asks axe for serious findings.</summary>
    public static async Task AssertAccessibleAsync(this IPage page, string state)
    {
        await BrowserFixture.ShootAsync(page, state);
        var findings = (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical");
        var listed = findings.Select(v => $"{v.Id}: {string.Join("; ", v.Nodes.Select(n => n.Html))}").ToList();
        Assert.True(listed.Count == 0, $"{state}: {string.Join("\n", listed)}");
    }
}
