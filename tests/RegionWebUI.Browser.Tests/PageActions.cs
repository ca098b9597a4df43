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

    /// <summary>The step number on the page; 0 when no run is shown.</summary>
    public static async Task<int> StepAsync(this IPage page)
    {
        var text = await page.GetByTestId("progress-text").CountAsync() == 0 ? "" : await page.GetByTestId("progress-text").InnerTextAsync();
        var digits = new string([.. text.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
        return text.Contains('/', StringComparison.Ordinal) && digits.Length > 0 ? int.Parse(digits) : 0;
    }
}
