using Microsoft.Playwright;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Metrics;

namespace RegionWebUI.Browser.Tests;

/// <summary>Starting from a picture, in real Chromium on the real model.</summary>
public sealed class ImageToImageJourneys(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_FromAnUploadedPictureAndMask_KeepsWhatTheMaskKeeps()
    {
        var page = await browser.OpenAsync();
        await page.GenerateAsync("a panda on a blue background", seed: 42, steps: 12);
        var start = await page.ResultAsync(42);
        await OpenSectionAsync(page);
        await page.GetByTestId("init").SetInputFilesAsync(await SaveAsync("start.png", start));
        await Assertions.Expect(page.GetByTestId("thumb-init")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("size-note")).ToContainTextAsync("128 × 128");
        await page.GetByTestId("mask").SetInputFilesAsync(await SaveAsync("mask.png", RightHalf(start.Width, start.Height)));
        await Assertions.Expect(page.GetByTestId("thumb-mask")).ToBeVisibleAsync();
        await page.SetAsync("strength", "0.9");
        await page.AssertAccessibleAsync("img2img");

        await page.GenerateAsync("a panda on a red background", seed: 43, steps: 12);
        var edited = await page.ResultAsync(43);

        await Assertions.Expect(page.GetByTestId("infotext")).ToContainTextAsync("Denoising strength: 0.9");
        var (kept, made) = (Psnr.Of(Half(start, left: true), Half(edited, left: true)), Psnr.Of(Half(start, left: false), Half(edited, left: false)));
        Assert.True(kept > made + 6, $"kept half {kept:f1} dB, edited half {made:f1} dB");
    }

    [Fact]
    public async Task UseAsStartPicture_OfAKeptPicture_FillsTheSectionAndOutlivesAReloadAfterTheRun()
    {
        var page = await browser.OpenAsync();
        await page.GenerateAsync("a cake on a blue background", seed: 3, steps: 4);
        await page.ResultAsync(3);

        await page.GetByTestId("use-picture").ClickAsync();
        await Assertions.Expect(page.GetByTestId("thumb-init")).ToBeVisibleAsync();
        await page.SetAsync("strength", "0.5");
        await page.GenerateAsync("a cake on a green background", seed: 4, steps: 4);
        await page.ResultAsync(4);
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-ready='true']");

        await Assertions.Expect(page.GetByTestId("thumb-init")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("strength")).ToHaveValueAsync("0.5");
    }

    [Fact]
    public async Task FileThatIsNoPng_SaysSoAtTheZone_AndADropBesideItLeavesThePageAlone()
    {
        var page = await browser.OpenAsync();
        await OpenSectionAsync(page);
        await page.GetByTestId("init").SetInputFilesAsync(new FilePayload { Name = "x.png", MimeType = "image/png", Buffer = "no"u8.ToArray() });
        await Assertions.Expect(page.GetByTestId("error-init")).ToContainTextAsync("'x.png' cannot be used");
        await page.AssertAccessibleAsync("error-init");

        const string Drop = "() => { const data = new DataTransfer(); data.items.add(new File(['x'], 'x.png')); "
            + "return document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }";
        Assert.False(await page.EvaluateAsync<bool>(Drop));
    }

    [Fact]
    public async Task Keyboard_Alone_OpensTheSectionAndReachesTheFileInput()
    {
        var page = await browser.OpenAsync();
        await page.TabToAsync("start-head");
        if (!await IsOpenAsync(page))
        {
            await page.Keyboard.PressAsync("Enter");
        }

        await Assertions.Expect(page.GetByTestId("start-head")).ToHaveAttributeAsync("aria-expanded", "true");
        await page.TabToAsync("init");

        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Space"));
        await chooser.SetFilesAsync(await SaveAsync("grey.png", new Image(64, 64, new byte[64 * 64 * 3])));

        await Assertions.Expect(page.GetByTestId("size-note")).ToContainTextAsync("64 × 64");
        await page.TabToAsync("strength");
        await page.TabToAsync("remove-init");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("thumb-init")).ToHaveCountAsync(0);
    }

    // A page that is opened after a run from a picture has the section open.
    private static async Task<bool> IsOpenAsync(IPage page) => await page.GetByTestId("start-head").GetAttributeAsync("aria-expanded") == "true";

    private static async Task OpenSectionAsync(IPage page)
    {
        if (!await IsOpenAsync(page))
        {
            await page.GetByTestId("start-head").ClickAsync();
        }
    }

    private async Task<string> SaveAsync(string name, Image picture)
    {
        var path = browser.Data.File(name);
        await File.WriteAllBytesAsync(path, PngFile.Encode(picture, null), Stop);
        return path;
    }

    private static Image RightHalf(int width, int height) => Of(width, height, (x, _) => x < width / 2 ? (byte)0 : (byte)255);

    private static Image Half(Image picture, bool left)
    {
        var half = picture.Width / 2;
        var rgb = new byte[half * picture.Height * 3];
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Rgb.Span.Slice(((y * picture.Width) + (left ? 0 : half)) * 3, half * 3).CopyTo(rgb.AsSpan(y * half * 3));
        }

        return new Image(half, picture.Height, rgb);
    }

    private static Image Of(int width, int height, Func<int, int, byte> level)
    {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            rgb.AsSpan(i * 3, 3).Fill(level(i % width, i / width));
        }

        return new Image(width, height, rgb);
    }
}
