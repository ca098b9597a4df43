using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using RegionWebUI.Components.Pictures;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class PngInfoPageTests
{
    private const string Infotext = "a boat\nNegative prompt: fog\nSteps: 9, Sampler: Euler a, CFG scale: 3.5, Seed: 77, Size: 256x64";

    public static TheoryData<string> Formats => ["PNG", "JPEG", "WebP"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task File_WithAnInfotext_ShowsItAndFillsTheForm(string format)
    {
        await using var context = new BenchContext();
        var page = context.Render<PngInfoPage>();
        Choose(page, Encode(format, Infotext));

        page.WaitForAssertion(() => Assert.Equal(Infotext, page.Find("#info-text").GetAttribute("value")));
        Assert.Contains($"{format}, 72 × 64 pixels", page.Find("[data-testid=drop-info-file]").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("data:image/", page.Find("[data-testid=info-preview]").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(
            ["Prompt=a boat", "Negative prompt=fog", "Steps=9", "Sampler=Euler a", "CFG scale=3.5", "Seed=77", "Size=256x64"],
            page.FindAll("[data-testid=info-table] tr").Select(r => $"{r.Children[0].TextContent}={r.Children[1].TextContent}"));

        page.Find("[data-testid=info-use-settings]").Click();

        Assert.Equal("http://localhost/", context.Services.GetRequiredService<NavigationManager>().Uri);
        var form = context.Render<RequestForm>();
        Assert.Equal(["a boat", "77", "256"], new[] { "prompt", "seed", "width" }.Select(id => form.Find($"#{id}").GetAttribute("value")));
        Assert.Contains("settings of the picture", form.Find("[data-testid=fill-note]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithoutAnInfotext_SaysSoAndCanBeStartedFrom()
    {
        await using var context = new BenchContext();
        var page = context.Render<PngInfoPage>();
        Choose(page, Encode("PNG", null));

        page.WaitForAssertion(() => Assert.Equal(
            "This picture says nothing about how it was made.", page.Find("[data-testid=info-silence]").TextContent));
        Assert.True(page.Find("[data-testid=info-use-settings]").HasAttribute("disabled"));
        page.Find("[data-testid=info-use-picture]").Click();

        var form = context.Render<RequestForm>();
        Assert.Single(form.FindAll("[data-testid=thumb-init]"));
        Assert.Equal(("72", "64"), (context.Bench.Form[FieldIds.Width], context.Bench.Form[FieldIds.Height]));
    }

    [Fact]
    public async Task File_ThatIsNoPicture_SaysSoAndKeepsWhatWasThere()
    {
        await using var context = new BenchContext();
        var page = context.Render<PngInfoPage>();
        Choose(page, Encode("PNG", Infotext));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=info-table]")));

        Choose(page, "nonsense"u8.ToArray());

        page.WaitForAssertion(() => Assert.Contains(
            "'x.png' cannot be used", page.Find("[data-testid=error-info-file]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("[data-testid=info-table]"));
    }

    [Fact]
    public async Task Text_TypedIntoTheBox_IsTakenApart()
    {
        await using var context = new BenchContext();
        var page = context.Render<PngInfoPage>();
        page.Find("#info-text").Change("just words");
        Assert.Equal("This text holds no parameters.", page.Find("[data-testid=info-silence]").TextContent);

        page.Find("#info-text").Change(Infotext);
        page.Find("[data-testid=info-use-settings]").Click();

        Assert.Equal("a boat", context.Bench.Form[FieldIds.Prompt]);
        Assert.Contains("settings of the text", context.Bench.Form.FillNote, StringComparison.Ordinal);
    }

    private static void Choose(IRenderedComponent<PngInfoPage> page, byte[] content) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(content, "x.png"));

    private static byte[] Encode(string format, string? infotext) => PictureFile.Encode(
        PictureMaker.Draw(72, 64, 5, 1),
        format switch { "PNG" => PictureEncoding.Png, "JPEG" => PictureEncoding.Jpeg(), _ => PictureEncoding.Webp() },
        infotext);
}
