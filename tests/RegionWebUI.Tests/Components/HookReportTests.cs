using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class HookReportTests
{
    private static readonly HookFailure _failure = new("cfg-rescale", "0.1.0", HookKind.Combine, 2, "Division by zero.", "a stack");

    [Fact]
    public async Task Run_WithoutExtensions_DrawsNothing()
    {
        await using var context = new BenchContext();
        var report = context.Render<HookReport>();
        End(context, []);

        report.WaitForAssertion(() => Assert.Equal("", report.Markup.Trim()));
    }

    [Fact]
    public async Task Run_WithExtensions_SumsThemUpAndListsThemWhenOpened()
    {
        await using var context = new BenchContext();
        var report = context.Render<HookReport>();
        End(context, [], new("regions", "1.0.0", HookKind.Plan, 20, 30.26, 4), new("regions", "1.0.0", HookKind.Fuse, 1000, 20_000, 21));

        var head = report.WaitForElement("#hook-log-head");
        Assert.Contains("regions 1.0.0 · 1,020 calls · 20.0 s", head.TextContent, StringComparison.Ordinal);
        Assert.True(report.Find("#hook-log-body").HasAttribute("hidden"));
        head.Click();
        Assert.False(report.Find("#hook-log-body").HasAttribute("hidden"));
        Assert.Equal(
            ["regions 1.0.0|plan|20|30.3 ms|4.0 ms", "regions 1.0.0|fuse|1000|20.0 s|21.0 ms"],
            report.FindAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))));
    }

    [Fact]
    public async Task Failure_IsAVisibleWarningThatNamesAllOfIt()
    {
        await using var context = new BenchContext();
        var (report, status) = (context.Render<HookReport>(), context.Render<RunStatus>());
        var job = context.Queue.Submit(new GenerationRequest());
        context.Tick();
        context.Queue.Change(job.Id, j => j with { State = JobState.Running, HookFailures = [_failure] });
        context.Tick();
        Assert.StartsWith("Started once more without", report.WaitForElement("[data-testid=hook-failure]").TextContent, StringComparison.Ordinal);

        End(context, [_failure]);

        const string Said = "Made without cfg-rescale 0.1.0: its combine hook failed at step 3 (Division by zero).";
        report.WaitForAssertion(() => Assert.Equal(Said, report.Find("[data-testid=hook-failure]").TextContent));
        Assert.Equal("alert", report.Find("[data-testid=hook-failure]").GetAttribute("role"));
        Assert.DoesNotContain("a stack", report.Markup, StringComparison.Ordinal);
        status.WaitForAssertion(() => Assert.EndsWith(Said, status.Find("[data-testid=announcement]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OlderPicture_Chosen_ShowsTheReportOfItsOwnRun()
    {
        await using var context = new BenchContext();
        var report = context.Render<HookReport>();
        var older = End(context, [], new HookUse("older", "1.0.0", HookKind.Plan, 1, 1, 1));
        End(context, [], new HookUse("newer", "1.0.0", HookKind.Plan, 1, 1, 1));
        report.WaitForAssertion(() => Assert.Contains("newer", report.Markup, StringComparison.Ordinal));

        context.Bench.Show(older);

        report.WaitForAssertion(() => Assert.Contains("older 1.0.0 · 1 call · 1.0 ms", report.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HookKind.Create, -1, "its hooks could not be made (")]
    [InlineData(HookKind.Start, -1, "its start hook failed before the first step (")]
    [InlineData(HookKind.Image, -1, "its image hook failed after the last step (")]
    [InlineData(HookKind.Guide, 0, "its guide hook failed at step 1 (")]
    public void Failure_ByMoment_SaysWhen(HookKind kind, int step, string expected) =>
        Assert.Contains(expected, HookWording.Failure(_failure with { Kind = kind, Step = step }, ended: true), StringComparison.Ordinal);

    [Fact]
    public void Progress_WithNews_SaysWhoDoesWhat()
    {
        var job = new JobSnapshot(Guid.Empty, new GenerationRequest(), 1, JobState.Running)
        {
            Phase = GenerationPhase.Encoding,
            HookNews = new HookNews("regional-prompts", HookKind.Start, "region 2 of 3"),
        };

        Assert.Equal("Reading the prompt · regional-prompts, start: region 2 of 3", Wording.Progress(job));
    }

    private static string End(BenchContext context, HookFailure[] failures, params HookUse[] uses)
    {
        var job = context.Queue.Current ?? context.Queue.Submit(new GenerationRequest());
        var id = context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(64, 64, 1, 1), 1, "x")).Id;
        context.Queue.Change(job.Id, j => j with { State = JobState.Done, Pictures = [id], Hooks = uses, HookFailures = failures });
        context.Tick();
        return id;
    }
}
