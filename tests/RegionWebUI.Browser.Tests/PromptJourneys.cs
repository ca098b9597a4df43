using Microsoft.Playwright;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Browser.Tests;

/// <summary>The prompts and the sections of the form in real Chromium, with the real model's tokenizer.</summary>
public sealed class PromptJourneys(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Infotext = "a cake on a blue background\nNegative prompt: fog\n"
        + "Steps: 6, Sampler: Euler a, CFG scale: 3.5, Seed: 77, Size: 128x64";

    // Whether the layer of lines has the box's text at the box's places: the same letters in the same type, width, height and offset.
    private const string Aligned = """
        () => {
          const box = document.querySelector('#prompt');
          const layer = box.parentElement.querySelector('[data-layer]');
          const [field, text] = [box, layer].map((element) => element.getBoundingClientRect());
          const [one, other] = [box, layer].map((element) => getComputedStyle(element));
          const places = ['fontFamily', 'fontSize', 'fontWeight', 'fontStyle', 'fontStretch', 'fontKerning', 'fontFeatureSettings', 'lineHeight',
            'letterSpacing', 'wordSpacing', 'textIndent', 'textTransform', 'textRendering', 'textAlign', 'tabSize', 'whiteSpace', 'overflowWrap',
            'wordBreak', 'hyphens', 'direction', 'paddingTop', 'paddingLeft', 'paddingRight', 'borderTopWidth', 'borderLeftWidth'];
          const wrong = places.filter((name) => one[name] !== other[name]).map((name) => `${name}: ${one[name]} / ${other[name]}`);
          if (layer.textContent.slice(0, -1) !== box.value) { wrong.push(`text: ${layer.textContent}`); }
          if (Math.abs(text.top + box.scrollTop - field.top) > 1) { wrong.push(`top: ${field.top - box.scrollTop} / ${text.top}`); }
          if (Math.abs(text.left - field.left) > 1) { wrong.push(`left: ${field.left} / ${text.left}`); }
          if (layer.clientWidth !== box.clientWidth) { wrong.push(`width: ${box.clientWidth} / ${layer.clientWidth}`); }
          if (layer.clientHeight > box.clientHeight && Math.abs(layer.clientHeight - box.scrollHeight) > 1) {
            wrong.push(`height: ${box.scrollHeight} / ${layer.clientHeight}`);
          }
          return wrong.join('; ');
        }
        """;

    [Fact]
    public async Task Bracket_LeftOpen_IsMarkedInTheTextAndAClickSelectsIt()
    {
        var page = await browser.OpenAsync();
        var prompt = page.GetByTestId("prompt");
        await prompt.ClickAsync();
        await prompt.FillAsync("");
        await prompt.PressSequentiallyAsync("a cat on (a red sofa");

        var mark = page.GetByTestId("prompt-mark").First;
        await Assertions.Expect(mark).ToContainTextAsync("(");
        await Assertions.Expect(prompt).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("[data-layer] mark").First).ToHaveTextAsync((await mark.GetAttributeAsync("data-piece"))!);
        Assert.Equal("", await page.EvaluateAsync<string>(Aligned));
        await page.AssertAccessibleAsync("prompt-mark");
        await mark.ClickAsync();

        const string Selected = "() => { const box = document.querySelector('#prompt'); "
            + "return box.value.slice(box.selectionStart, box.selectionEnd); }";
        Assert.StartsWith("(", await page.EvaluateAsync<string>(Selected), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(")");
        await Assertions.Expect(page.GetByTestId("prompt-mark")).ToHaveCountAsync(0);
        await Assertions.Expect(prompt).ToHaveValueAsync("a cat on (a red sofa)");
    }

    [Fact]
    public async Task Typing_ALongPromptWhileItIsCounted_LosesNoLetterAndKeepsTheLinesInPlace()
    {
        var page = await browser.OpenAsync();
        var prompt = page.GetByTestId("prompt");
        var text = string.Join(", ", Enumerable.Range(0, 45).Select(i => $"(a cat {i}")) + "\n\nlast line";
        await prompt.ClickAsync();
        await prompt.FillAsync("");
        await prompt.PressSequentiallyAsync(text, new() { Delay = 12 });

        await Assertions.Expect(prompt).ToHaveValueAsync(text);
        await Assertions.Expect(page.GetByTestId("prompt-tokens-text")).ToContainTextAsync("chunks");
        await Assertions.Expect(prompt).ToHaveValueAsync(text);
        await Assertions.Expect(page.Locator("[data-layer] mark")).ToHaveCountAsync(45);
        Assert.Equal("", await page.EvaluateAsync<string>(Aligned));
        await page.EvaluateAsync("document.querySelector('#prompt').scrollTop = 40");
        await page.WaitForTimeoutAsync(50);
        Assert.Equal("", await page.EvaluateAsync<string>(Aligned));
        await page.AssertAccessibleAsync("prompt-long");
        await page.SetViewportSizeAsync(700, 900);
        await page.WaitForTimeoutAsync(100);
        Assert.Equal("", await page.EvaluateAsync<string>(Aligned));
        await page.AssertAccessibleAsync("prompt-long");
        Assert.Equal(700, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Counter_FollowsEachPromptAlsoWhileARunIsUnderWay()
    {
        var page = await browser.OpenAsync();
        await page.GenerateAsync("a bus on a pink background", seed: 9, steps: 1000);
        await page.StepAsync(atLeast: 2);

        await page.GetByTestId("prompt").FillAsync("");
        await Assertions.Expect(page.GetByTestId("prompt-tokens-text")).ToHaveTextAsync("0 / 75");
        await page.GetByTestId("negative").FillAsync("a cat");
        await Assertions.Expect(page.GetByTestId("negative-tokens-text")).ToHaveTextAsync("2 / 75");
        await page.GetByTestId("prompt").FillAsync("cat BREAK cat");
        await Assertions.Expect(page.GetByTestId("prompt-tokens-text")).ToContainTextAsync("/ 150 · 2 chunks");
        await page.InterruptAsync();
        await page.GetByTestId("negative").FillAsync("");
    }

    [Fact]
    public async Task CtrlUpAndDown_WeighTheWordTheBracketAndTheSelection_AndUndoTakesItBack()
    {
        var page = await browser.OpenAsync();
        var prompt = page.GetByTestId("prompt");
        await prompt.FillAsync("a red sofa, a cat");

        await AssertWeighedAsync(page, 3, 3, "ArrowUp", "a (red:1.1) sofa, a cat");
        await AssertWeighedAsync(page, 4, 4, "ArrowUp", "a (red:1.2) sofa, a cat");
        await AssertWeighedAsync(page, 4, 4, "ArrowDown", "a (red:1.1) sofa, a cat");
        await AssertWeighedAsync(page, 4, 4, "ArrowDown", "a red sofa, a cat");
        await AssertWeighedAsync(page, 2, 11, "ArrowDown", "a (red sofa:0.9), a cat");
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(prompt).ToHaveValueAsync("a red sofa, a cat");
        await AssertWeighedAsync(page, 17, 17, "ArrowUp", "a red sofa, a (cat:1.1)");
        await prompt.FillAsync("((cat)) <lora:x:0.5> \\(b\\)");
        await AssertWeighedAsync(page, 3, 3, "ArrowUp", "((cat:1.2)) <lora:x:0.5> \\(b\\)");
        await AssertWeighedAsync(page, 18, 18, "ArrowDown", "((cat:1.2)) <lora:x:0.45> \\(b\\)");
        await prompt.FillAsync("");
    }

    [Fact]
    public async Task SamplerOptions_ChangeWithTheSampler_AndEveryFoldIsAccessible()
    {
        var page = await browser.OpenAsync();
        foreach (var fold in new[] { "styles", "variation", "sampler-options", "reading" })
        {
            await page.GetByTestId($"{fold}-head").ClickAsync();
        }

        await page.GetByTestId("sampler").SelectOptionAsync("Euler");
        await Assertions.Expect(page.GetByTestId("sigma-churn")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("uni-pc-order")).ToHaveCountAsync(0);
        await page.SetAsync("variation-strength", "0.3");
        await page.SetAsync("style-name", "two words");
        await page.SetAsync("prompt", "a cat on a beach");
        await page.GetByTestId("style-save").ClickAsync();
        await page.Locator(".chip", new() { HasText = "two words" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("styles-head")).ToContainTextAsync("1 used");
        await page.GetByTestId("styles-head").ScrollIntoViewIfNeededAsync();
        await page.AssertAccessibleAsync("folds");
        await page.SetViewportSizeAsync(700, 900);
        await page.AssertAccessibleAsync("folds");
        await page.SetViewportSizeAsync(1280, 800);
        await page.GetByTestId("reading-head").ScrollIntoViewIfNeededAsync();
        await page.AssertAccessibleAsync("folds-end");
        await page.GetByTestId("sampler").SelectOptionAsync("UniPC");
        await Assertions.Expect(page.GetByTestId("uni-pc-order")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("sigma-churn")).ToHaveCountAsync(0);
        await page.GetByTestId("style-delete").ClickAsync();
        await Assertions.Expect(page.GetByTestId("style-note")).ToContainTextAsync("Deleted");
    }

    [Fact]
    public async Task Paste_OfAnInfotext_FillsTheFormAndUndoLeavesTheTextInTheBox()
    {
        var page = await browser.OpenAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", Infotext);
        await page.SetAsync("steps", "31");
        await page.GetByTestId("prompt").FillAsync("");
        await page.GetByTestId("prompt").PressAsync("Control+v");

        await Assertions.Expect(page.GetByTestId("prompt")).ToHaveValueAsync("a cake on a blue background");
        await Assertions.Expect(page.GetByTestId("steps")).ToHaveValueAsync("6");
        await Assertions.Expect(page.GetByTestId("sampler")).ToHaveValueAsync("Euler a");
        await Assertions.Expect(page.GetByTestId("seed")).ToHaveValueAsync("77");
        await page.AssertAccessibleAsync("pasted");
        await page.GetByTestId("undo-fill").ClickAsync();

        await Assertions.Expect(page.GetByTestId("prompt")).ToHaveValueAsync(Infotext);
        await Assertions.Expect(page.GetByTestId("steps")).ToHaveValueAsync("31");
        await page.GetByTestId("read-parameters").ClickAsync();
        await Assertions.Expect(page.GetByTestId("width")).ToHaveValueAsync("128");
        await Assertions.Expect(page.GetByTestId("height")).ToHaveValueAsync("64");
    }

    [Fact]
    public async Task PngInfo_OfAPictureThatWasMade_FillsTheFormAndTheRunGivesTheSamePixels()
    {
        var page = await browser.OpenAsync();
        await page.SetAsync("negative", "fog");
        await page.GenerateAsync("a (panda:1.2) on a blue background", seed: 61, steps: 8);
        var first = await page.ResultAsync(61);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download").ClickAsync());
        var file = browser.Data.File("kept.png");
        await download.SaveAsAsync(file);
        await page.SetAsync("negative", "");
        await page.GenerateAsync("a cake", seed: 62, steps: 4);
        var other = await page.ResultAsync(62);

        await page.GetByTestId("tab-png-info").ClickAsync();
        await page.GetByTestId("info-silence").WaitForAsync();
        await page.AssertAccessibleAsync("png-info-empty");
        await page.GetByTestId("info-file").SetInputFilesAsync(file);
        await Assertions.Expect(page.GetByTestId("info-table")).ToContainTextAsync("a (panda:1.2) on a blue background");
        await Assertions.Expect(page.GetByTestId("info-preview")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync("png-info");
        await page.SetViewportSizeAsync(700, 900);
        await page.AssertAccessibleAsync("png-info");
        Assert.Equal(700, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.SetViewportSizeAsync(1280, 800);
        await page.GetByTestId("info-use-settings").ClickAsync();
        await Assertions.Expect(page.GetByTestId("seed")).ToHaveValueAsync("61");
        await Assertions.Expect(page.GetByTestId("negative")).ToHaveValueAsync("fog");
        await page.GetByTestId("generate").ClickAsync();
        var again = await page.ResultAsync(61);

        Assert.True(first.Rgb.Span.SequenceEqual(again.Rgb.Span), "the second picture differs from the first");
        Assert.False(first.Rgb.Span.SequenceEqual(other.Rgb.Span));
    }

    [Fact]
    public async Task PngInfo_OfAPastedPicture_ShowsItAndStartsFromIt()
    {
        var page = await browser.OpenAsync();
        await page.GetByTestId("tab-png-info").ClickAsync();
        await page.GetByTestId("info-text").WaitForAsync();
        var png = Convert.ToBase64String(PngFile.Encode(new Image(64, 72, new byte[64 * 72 * 3]), Infotext));

        const string Paste = "png => { const data = new DataTransfer(); data.items.add(new File([Uint8Array.from(atob(png), c => c.charCodeAt(0))], "
            + "'pasted.png', { type: 'image/png' })); "
            + "document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }";
        await page.EvaluateAsync(Paste, png);

        await Assertions.Expect(page.GetByTestId("info-text")).ToHaveValueAsync(Infotext);
        await Assertions.Expect(page.GetByTestId("drop-info-file")).ToContainTextAsync("PNG, 64 × 72 pixels");
        await page.GetByTestId("info-use-picture").ClickAsync();
        await Assertions.Expect(page.GetByTestId("size-note")).ToContainTextAsync("64 × 72");
        await page.GetByTestId("remove-init").ClickAsync();
    }

    private static async Task AssertWeighedAsync(IPage page, int start, int end, string key, string expected)
    {
        await page.GetByTestId("prompt").FocusAsync();
        await page.EvaluateAsync("([start, end]) => document.querySelector('#prompt').setSelectionRange(start, end)", new[] { start, end });
        await page.Keyboard.PressAsync($"Control+{key}");
        Assert.Equal(expected, await page.GetByTestId("prompt").InputValueAsync());
    }
}
