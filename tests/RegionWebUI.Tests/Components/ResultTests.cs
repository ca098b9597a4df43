using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class ResultTests
{
    [Fact]
    public async Task Stage_FromNothingToResult_GoesThroughPreviewsWithNewAddresses()
    {
        await using var context = new BenchContext();
        var stage = context.Render<Stage>();
        Assert.Contains("Nothing made yet", stage.Markup, StringComparison.Ordinal);

        var job = context.Queue.Submit(new GenerationRequest { Prompt = "p", Width = 64, Height = 64, Steps = 6 });
        context.Advance(3);
        stage.WaitForAssertion(() => Assert.Equal($"/api/v1/jobs/{job.Id}/preview?n=1", Source(stage, "preview")));
        context.Advance(3);
        stage.WaitForAssertion(() => Assert.Equal($"/api/v1/jobs/{job.Id}/preview?n=2", Source(stage, "preview")));
        context.Advance(1);
        stage.WaitForAssertion(() => Assert.Equal($"/api/v1/pictures/{context.Gallery.Entries[0].Id}", Source(stage, "result")));
    }

    [Fact]
    public async Task Stage_RunWithoutPreviewYet_ShowsTheOlderPictureAsPrevious()
    {
        await using var context = new BenchContext();
        Keep(context, 1);
        var stage = context.Render<Stage>();
        context.Queue.Submit(new GenerationRequest { Width = 64, Height = 64 });
        context.Advance(1);

        stage.WaitForAssertion(() => Assert.NotNull(Source(stage, "previous")));
        Assert.Empty(stage.FindAll("[data-testid=result],[data-testid=preview]"));
    }

    [Fact]
    public async Task Status_WhileSampling_SaysStepRateAndTimeLeft()
    {
        await using var context = new BenchContext();
        var status = context.Render<RunStatus>();
        Assert.Equal("Ready", Text(status));
        Assert.Empty(status.FindAll("[data-testid=progress]"));

        context.Queue.Submit(new GenerationRequest { Steps = 40 });
        context.Queue.Submit(new GenerationRequest());
        context.Advance(10);

        status.WaitForAssertion(() => Assert.Equal("Step 10/40 · 10.0 it/s · ETA 3 s", Text(status)));
        Assert.Equal("25", status.Find("[data-testid=progress]").GetAttribute("aria-valuenow"));
        Assert.Equal("1 waiting", status.Find("[data-testid=waiting]").TextContent);
        Assert.Equal("Generating.", status.Find("[data-testid=announcement]").TextContent);
    }

    [Fact]
    public async Task Status_BurstOfChanges_RendersAtMostTenTimesASecondAndEndsWithTheLast()
    {
        await using var context = new BenchContext();
        var status = context.Render<RunStatus>();
        var job = context.Queue.Submit(new GenerationRequest { Steps = 1000 });
        context.Tick();
        status.WaitForAssertion(() => Assert.Contains("Waiting", Text(status), StringComparison.Ordinal));
        var before = status.RenderCount;

        for (var step = 1; step <= 1000; step++)
        {
            context.Queue.Change(job.Id, j => j with { State = JobState.Running, Phase = GenerationPhase.Sampling, Step = step });
            context.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        context.Tick();
        status.WaitForAssertion(() => Assert.Equal("Step 1000/1000", Text(status)));
        Assert.InRange(status.RenderCount - before, 1, 12);
    }

    [Theory]
    [InlineData(JobState.Done, null, "Done in 1.5 s on CPU")]
    [InlineData(JobState.Interrupted, null, "Interrupted at step 3 of 20; nothing was kept")]
    [InlineData(JobState.Failed, "The weights are damaged.", "The weights are damaged.")]
    public async Task Status_AfterTheEnd_SaysHowItEnded(JobState state, string? error, string expected)
    {
        await using var context = new BenchContext();
        var status = context.Render<RunStatus>();
        var job = context.Queue.Submit(new GenerationRequest());
        context.Queue.Change(job.Id, j => j with { State = state, Step = 3, Error = error, Seconds = 1.5, Device = "CPU (why)" });
        context.Tick();

        status.WaitForAssertion(() => Assert.Equal(expected, Text(status)));
        Assert.Equal(state == JobState.Failed, status.FindAll(".status-bad").Count == 1);
    }

    [Fact]
    public async Task Details_OfAPicture_ShowItsInfotextAsTextWithDownload()
    {
        await using var context = new BenchContext();
        var entry = Keep(context, 1, "<script>alert(1)</script>\nSteps: 20");
        var details = context.Render<PictureDetails>();

        Assert.Equal("<script>alert(1)</script>\nSteps: 20", details.Find("[data-testid=infotext]").TextContent);
        Assert.Empty(details.FindAll("script"));
        Assert.Equal($"/api/v1/pictures/{entry}?download", details.Find("[data-testid=download]").GetAttribute("href"));
        Assert.Equal("infotext", details.Find("[data-testid=copy]").GetAttribute("data-copy"));
    }

    [Fact]
    public async Task Details_OfAPicture_OfferCopiesInFormatsThatCanKeepItsInfotext()
    {
        await using var context = new BenchContext();
        var entry = Keep(context, 1, "a cat");
        var details = context.Render<PictureDetails>();
        var links = details.FindAll(".download-as");

        Assert.Equal(["JPEG", "WebP"], links.Select(l => l.TextContent));
        Assert.Equal(
            [$"/api/v1/pictures/{entry}?format=jpeg&download", $"/api/v1/pictures/{entry}?format=webp&download"],
            links.Select(l => l.GetAttribute("href")));
        Assert.Equal([$"regionwebui-{entry}.jpg", $"regionwebui-{entry}.webp"], links.Select(l => l.GetAttribute("download")));

        Keep(context, 2, new string('x', 40_000));
        Assert.Equal(["WebP"], context.Render<PictureDetails>().FindAll(".download-as").Select(l => l.TextContent));
    }

    [Fact]
    public async Task Details_DuringARun_ShowWhatIsBeingMade()
    {
        await using var context = new BenchContext();
        Keep(context, 1);
        context.Queue.Submit(new GenerationRequest { Prompt = "a boat", Seed = 7 });
        var details = context.Render<PictureDetails>();

        Assert.StartsWith("a boat\n", details.Find("[data-testid=asked]").TextContent, StringComparison.Ordinal);
        Assert.Empty(details.FindAll("[data-testid=infotext]"));
    }

    [Fact]
    public async Task Strip_NewestFirst_ClickShowsAndMarksThePicture()
    {
        await using var context = new BenchContext();
        var older = Keep(context, 1, "an old tree\nSteps: 1");
        var newer = Keep(context, 2, "a new tree\nSteps: 1");
        var strip = context.Render<PictureStrip>();
        var stage = context.Render<Stage>();

        Assert.Equal([newer, older], strip.FindAll("[data-testid=strip-item]").Select(i => i.GetAttribute("data-id")));
        Assert.Equal("an old tree, 16 by 16", strip.FindAll("img")[1].GetAttribute("alt"));
        strip.FindAll("[data-testid=strip-item]")[1].Click();

        IEnumerable<string?> Attribute(string name) => strip.FindAll("[data-testid=strip-item]").Select(i => i.GetAttribute(name));
        strip.WaitForAssertion(() => Assert.Equal([null, "true"], Attribute("aria-current")));
        Assert.Equal(["-1", "0"], Attribute("tabindex"));
        stage.WaitForAssertion(() => Assert.Equal($"/api/v1/pictures/{older}", Source(stage, "result")));
    }

    [Fact]
    public async Task Strip_PictureAddedElsewhere_AppearsByItself()
    {
        await using var context = new BenchContext();
        var strip = context.Render<PictureStrip>();
        Assert.Contains("kept here", strip.Markup, StringComparison.Ordinal);

        Keep(context, 3);
        context.Tick();

        strip.WaitForAssertion(() => Assert.Single(strip.FindAll("[data-testid=strip-item]")));
    }

    [Fact]
    public async Task ChosenPicture_DuringARun_StaysUntilTheRunIsAskedFor()
    {
        await using var context = new BenchContext();
        var kept = Keep(context, 1);
        var job = context.Queue.Submit(new GenerationRequest { Width = 64, Height = 64 });
        var (stage, status) = (context.Render<Stage>(), context.Render<RunStatus>());
        context.Bench.Show(kept);
        context.Advance(6);

        stage.WaitForAssertion(() => Assert.Equal($"/api/v1/pictures/{kept}", Source(stage, "result")));
        status.WaitForAssertion(() => Assert.NotNull(status.Find("[data-testid=show-live]")));
        status.Find("[data-testid=show-live]").Click();
        stage.WaitForAssertion(() => Assert.Equal($"/api/v1/jobs/{job.Id}/preview?n=2", Source(stage, "preview")));
    }

    [Fact]
    public void ClosedPage_NoLongerListensToQueueAndGallery()
    {
        using var gallery = new FakeGallery();
        var queue = new FakeJobQueue();
        var bench = new Workbench(
            queue, gallery, new FakeCatalog(), FakeEngine.Info, PromptReaderSource.None, new FakeStyles(), TimeProvider.System, () => 1);
        Assert.Equal((1, 1), (queue.Listeners, gallery.Listeners));

        bench.Dispose();

        Assert.Equal((0, 0), (queue.Listeners, gallery.Listeners));
    }

    private static string Keep(BenchContext context, long seed, string infotext = "x") =>
        context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(16, 16, seed, 1), seed, infotext)).Id;

    private static string? Source(IRenderedComponent<Stage> stage, string testId) => stage.Find($"[data-testid={testId}]").GetAttribute("src");

    private static string Text(IRenderedComponent<RunStatus> status) => status.Find("[data-testid=progress-text]").TextContent;
}
