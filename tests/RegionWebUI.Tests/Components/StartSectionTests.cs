using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class StartSectionTests
{
    [Fact]
    public async Task Untouched_IsClosedAndAsksForNothing()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();

        Assert.Equal("false", page.Find("#start-head").GetAttribute("aria-expanded"));
        Assert.True(page.Find("#start-body").HasAttribute("hidden"));
        Assert.Empty(page.FindAll("#strength,#mask"));
        page.Find("#start-head").Click();
        Assert.False(page.Find("#start-body").HasAttribute("hidden"));
        Assert.Equal("init", page.Find("label[for=init]").GetAttribute("for"));
    }

    [Theory]
    [InlineData(128, 64, "128", "64", "as the picture")]
    [InlineData(130, 99, "128", "96", "nearest")]
    [InlineData(4096, 1024, "2048", "512", "nearest")]
    [InlineData(4000, 8, "2048", "64", "nearest")]
    public async Task Picture_Chosen_SetsTheSizeSaysSoAndIsSent(int width, int height, string setWidth, string setHeight, string said)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        var (picture, file) = Png("start.png", width, height);

        Upload(page, "init", file);

        page.WaitForAssertion(() => Assert.Contains("start.png", page.Find("[data-testid=drop-init]").TextContent, StringComparison.Ordinal), Wait);
        Assert.Contains($"{width} × {height}", page.Find("[data-testid=drop-init]").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("data:image/png;base64,", page.Find("[data-testid=thumb-init]").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Contains(said, page.Find("[data-testid=size-note]").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(
            [setWidth, setHeight], new[] { "width", "height" }.Select(side => page.Find($"#{side}").GetAttribute("value"))));
        page.Find("#strength").Change("0,4");
        page.Find("form").Submit();

        var sent = Assert.Single(context.Queue.Submitted);
        Assert.Equal(picture.Rgb.ToArray(), sent.Init!.Rgb.ToArray());
        Assert.Equal((0.4, null, int.Parse(setWidth)), (sent.Strength, sent.Mask, sent.Width));
    }

    [Fact]
    public async Task Mask_Chosen_IsSentAsSelection_AndGoesWithThePicture()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Upload(page, "init", Png("start.png", 64, 64).File);
        page.WaitForElement("#mask", Wait);
        var painted = PictureMaker.Png(new Image(2, 1, new byte[] { 255, 255, 255, 0, 0, 0 }));
        Upload(page, "mask", InputFileContent.CreateFromBinary(painted, "mask.png"));
        page.WaitForElement("[data-testid=thumb-mask]", Wait);

        page.Find("form").Submit();
        Assert.Equal([1f, 0f], context.Queue.Submitted[0].Mask!.Values.ToArray());
        page.Find("[data-testid=remove-mask]").Click();
        page.Find("form").Submit();
        Assert.Null(context.Queue.Submitted[1].Mask);
        Assert.NotNull(context.Queue.Submitted[1].Init);

        page.Find("[data-testid=remove-init]").Click();
        Assert.Empty(page.FindAll("#strength,#mask,[data-testid=thumb-init]"));
        page.Find("form").Submit();
        Assert.Null(context.Queue.Submitted[2].Init);
        Assert.Equal(new GenerationRequest().Strength, context.Queue.Submitted[2].Strength);
    }

    [Fact]
    public async Task Picture_ThatReplacesAnother_TakesItsMaskAwayAndSaysSo()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        context.Bench.Form.StartFrom(Chosen.Picture("one.png", PictureMaker.Draw(64, 64, 1, 1)));
        context.Bench.Form.Mask = Chosen.Painted("mask.png", Mask.Full(64, 64));

        Upload(page, "init", Png("two.png", 64, 64).File);

        page.WaitForAssertion(() => Assert.Contains("mask", page.Find("[data-testid=size-note]").TextContent, StringComparison.Ordinal), Wait);
        Assert.Null(context.Bench.Form.Mask);
    }

    [Fact]
    public async Task File_ThatIsNoPicture_SaysSoAtTheZoneAndKeepsWhatWasThere()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        var (picture, file) = Png("start.png", 64, 64);
        Upload(page, "init", file);
        page.WaitForElement("[data-testid=thumb-init]", Wait);

        Upload(page, "init", InputFileContent.CreateFromText("GIF89a", "moving.gif"));

        page.WaitForAssertion(
            () => Assert.Contains("'moving.gif'", page.Find("[data-testid=error-init]").TextContent, StringComparison.Ordinal), Wait);
        Assert.Equal("init-error", page.Find("#init").GetAttribute("aria-describedby"));
        Assert.Equal(picture.Rgb.ToArray(), context.Bench.Form.Init!.Value.Rgb.ToArray());
    }

    [Fact]
    public async Task File_ThatIsTooLarge_IsRefusedByItsSizeAlone()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();

        Upload(page, "init", InputFileContent.CreateFromBinary(new byte[PictureReader.MaxBytes + 1], "large.png"));

        var error = page.WaitForElement("[data-testid=error-init]", Wait).TextContent;
        Assert.Contains("'large.png' has 32.0 MB", error, StringComparison.Ordinal);
        Assert.Contains("at most 32 MB", error, StringComparison.Ordinal);
        Assert.Null(context.Bench.Form.Init);
    }

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("photo.webp")]
    public async Task Picture_OfAnotherKind_IsTakenAndNamedAmongTheKinds(string name)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Assert.Contains("PNG, JPEG or WebP", page.Find("[data-testid=drop-init]").TextContent, StringComparison.Ordinal);
        Assert.Equal("image/png,image/jpeg,image/webp", page.Find("#init").GetAttribute("accept"));

        Upload(page, "init", InputFileContent.CreateFromBinary(PictureFiles.Of(name, PictureMaker.Draw(72, 64, 1, 1)), name));

        page.WaitForElement("[data-testid=thumb-init]", Wait);
        Assert.Equal((72, 64), (context.Bench.Form.Init!.Value.Width, context.Bench.Form.Init.Value.Height));
    }

    [Fact]
    public async Task Strength_ThatIsNoNumber_IsRefusedAtItsControl()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Upload(page, "init", Png("start.png", 64, 64).File);
        page.WaitForElement("#strength", Wait).Change("much");

        page.Find("form").Submit();

        Assert.Contains("from 0 to 1, not 'much'", page.Find("[data-testid=error-strength]").TextContent, StringComparison.Ordinal);
        Assert.Empty(context.Queue.Submitted);
    }

    [Fact]
    public async Task PageOpenedAfterARunFromAPicture_HasItAgain()
    {
        await using var context = new BenchContext();
        var picture = PictureMaker.Draw(64, 64, 3, 1);
        context.Queue.Submit(new GenerationRequest { Init = picture, Mask = Mask.Full(64, 64), Strength = 0.25, Width = 64, Height = 64 });

        var page = context.Render<RequestForm>();

        Assert.Same(picture, context.Bench.Form.Init!.Value);
        Assert.Equal("true", page.Find("#start-head").GetAttribute("aria-expanded"));
        Assert.Equal("0.25", page.Find("#strength").GetAttribute("value"));
        Assert.NotNull(page.Find("[data-testid=thumb-mask]"));
    }

    [Fact]
    public async Task UseAsStartPicture_OfAKeptPicture_FillsTheSection()
    {
        await using var context = new BenchContext();
        var picture = PictureMaker.Draw(72, 64, 1, 1);
        context.Gallery.Add(new GeneratedPicture(picture, 1, "x"));
        var (page, details) = (context.Render<RequestForm>(), context.Render<PictureDetails>());

        details.Find("[data-testid=use-picture]").Click();

        page.WaitForElement("[data-testid=thumb-init]", Wait);
        Assert.Equal(picture.Rgb.ToArray(), context.Bench.Form.Init!.Value.Rgb.ToArray());
        Assert.Equal("72", page.Find("#width").GetAttribute("value"));
    }

    [Fact]
    public async Task UseAsStartPicture_OfAFileThatIsGone_SaysSo()
    {
        await using var context = new BenchContext();
        var id = context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(64, 64, 1, 1), 1, "x")).Id;
        File.Delete(context.Gallery.FindFile(id)!);
        var (page, details) = (context.Render<RequestForm>(), context.Render<PictureDetails>());

        details.Find("[data-testid=use-picture]").Click();

        Assert.Contains("cannot be read", page.WaitForElement("[data-testid=error-init]", Wait).TextContent, StringComparison.Ordinal);
    }

    // Decoding runs on another thread, on a machine that may be busy.
    private static TimeSpan Wait => TimeSpan.FromSeconds(20);

    private static (Image Picture, InputFileContent File) Png(string name, int width, int height)
    {
        var picture = PictureMaker.Draw(width, height, 5, 1);
        return (picture, InputFileContent.CreateFromBinary(PictureMaker.Png(picture), name));
    }

    private static void Upload(IRenderedComponent<RequestForm> page, string id, InputFileContent file) =>
        page.FindComponents<InputFile>().Single(input => input.Find("input").Id == id).UploadFiles(file);
}
