using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class RequestFormTests
{
    [Fact]
    public async Task Generate_EveryFieldFilled_SubmitsExactlyThat()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Type(page, ("prompt", "a cat\non a beach"), ("negative", "blurry"), ("width", " 256 "), ("height", "64"));
        Type(page, ("steps", "12"), ("cfg", "3,5"), ("seed", "4294967295"), ("batch", "4"));
        page.Find("[data-testid=sampler]").Change("Euler a");
        page.Find("[data-testid=schedule]").Change("Karras");

        page.Find("form").Submit();

        var expected = new GenerationRequest
        {
            Prompt = "a cat\non a beach",
            NegativePrompt = "blurry",
            Width = 256,
            Height = 64,
            Steps = 12,
            CfgScale = 3.5,
            Sampler = "Euler a",
            Schedule = "Karras",
            Seed = 4294967295,
            BatchSize = 4,
        };
        Assert.Equal(expected, Assert.Single(context.Queue.Submitted));
        Assert.Empty(page.FindAll(".field-error"));
    }

    [Fact]
    public async Task NumberFields_Always_ShowAndStepWithinTheRangesOfTheTable()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        var numbers = FakeEngine.Info.Parameters.All.Where(p => p is { Group: ParameterGroup.Main, Kind: ParameterKind.Whole or ParameterKind.Real })
            .Where(p => p.Field != nameof(GenerationRequest.Strength)).ToList();

        foreach (var number in numbers)
        {
            var id = FieldIds.Of(number.Field);
            var control = page.Find($"#{id}");
            var least = id == FieldIds.Seed ? -1 : number.Minimum;
            Assert.Equal(
                FormattableString.Invariant($"{least} {number.Maximum} {number.Step}"),
                $"{control.GetAttribute("data-min")} {control.GetAttribute("data-max")} {control.GetAttribute("data-step")}");
            Assert.StartsWith(
                FormattableString.Invariant($"{number.Minimum}–{number.Maximum}"), page.Find($"#{id}-help").TextContent, StringComparison.Ordinal);
            Assert.Equal(number.Label, page.Find($"label[for={id}]").TextContent);
        }

        Assert.Equal(6, numbers.Count);
    }

    [Fact]
    public async Task Generate_Untouched_UsesTheDefaultsAndDrawsASeed()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();

        page.Find("form").Submit();

        Assert.Equal(new GenerationRequest { Width = 128, Height = 128, Seed = BenchContext.DrawnSeed }, Assert.Single(context.Queue.Submitted));
    }

    [Theory]
    [InlineData("width", "abc", "a multiple of 8 from 64 to 2048")]
    [InlineData("height", "12.5", "a multiple of 8 from 64 to 2048")]
    [InlineData("steps", "", "a whole number from 1 to 1000")]
    [InlineData("batch", "99999999999999999999", "a whole number from 1 to 64")]
    [InlineData("batch", "9999999999", "a whole number from 1 to 64")]
    [InlineData("cfg", "much", "a number from 1 to 100")]
    [InlineData("seed", "0x10", "a whole number from 0 to 4294967295")]
    public async Task Generate_TextThatIsNoNumber_NamesItAndTheLegalRangeAtItsFieldAndQueuesNothing(string field, string typed, string legal)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Type(page, (field, typed));

        page.Find("form").Submit();

        Assert.Empty(context.Queue.Submitted);
        Assert.Contains($"{legal}, not '{typed}'", page.Find($"[data-testid=error-{field}]").TextContent, StringComparison.Ordinal);
        var control = page.Find($"[data-testid={field}]");
        Assert.Equal("true", control.GetAttribute("aria-invalid"));
        Assert.Equal(page.Find($"[data-testid=error-{field}]").Id, control.GetAttribute("aria-describedby"));
        Assert.Equal(typed, context.Bench.Form[field]);
    }

    [Theory]
    [InlineData(nameof(GenerationRequest.Prompt), "prompt")]
    [InlineData(nameof(GenerationRequest.NegativePrompt), "negative")]
    [InlineData(nameof(GenerationRequest.Width), "width")]
    [InlineData(nameof(GenerationRequest.Height), "height")]
    [InlineData(nameof(GenerationRequest.Steps), "steps")]
    [InlineData(nameof(GenerationRequest.Sampler), "sampler")]
    [InlineData(nameof(GenerationRequest.Schedule), "schedule")]
    [InlineData(nameof(GenerationRequest.CfgScale), "cfg")]
    [InlineData(nameof(GenerationRequest.Seed), "seed")]
    [InlineData(nameof(GenerationRequest.BatchSize), "batch")]
    [InlineData("Unknown", "form")]
    public async Task Generate_RefusedByTheQueue_ShowsTheSentenceAtTheField(string parameter, string field)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        context.Queue.Refusal = new BadInputException(parameter, "Value <b>9</b> is outside 1..8.");

        page.Find("form").Submit();

        Assert.Equal("Value <b>9</b> is outside 1..8.", page.Find($"[data-testid=error-{field}]").TextContent);
        Assert.Single(page.FindAll(".field-error"));

        page.Find("form").Submit();
        Assert.Empty(page.FindAll(".field-error"));
    }

    [Fact]
    public async Task JobThatFailsOnAValue_WhileRunning_ShowsTheSentenceAtTheField()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("form").Submit();
        context.Tick();

        var job = context.Queue.Current!.Id;
        context.Queue.Change(job, j => j with { State = JobState.Failed, Error = "Sampler 'x' is unknown.", ErrorField = "Sampler" });
        context.Tick();

        page.WaitForAssertion(() => Assert.Equal("Sampler 'x' is unknown.", page.Find("[data-testid=error-sampler]").TextContent));
    }

    [Fact]
    public async Task Generate_FullQueue_SaysSoAtTheForm()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        context.Queue.Refusal = new QueueFullException(7);

        page.Find("form").Submit();

        Assert.Contains("at most 7 jobs", page.Find("[data-testid=error-form]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobOfAnotherTab_ThatFailsOnAValue_LeavesThisFormAlone()
    {
        await using var context = new BenchContext();
        var (page, status) = (context.Render<RequestForm>(), context.Render<RunStatus>());
        var job = context.Queue.Submit(new GenerationRequest());
        Fail(context, job.Id, "Sampler 'x' is unknown.");
        context.Tick();

        status.WaitForAssertion(() => Assert.Contains("unknown", status.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".field-error"));
    }

    [Fact]
    public async Task TwoJobs_ThatEndBetweenTwoUpdates_AreBothHeardOf()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("form").Submit();
        page.Find("form").Submit();
        context.Tick();
        var (first, second) = (context.Queue.Jobs[0].Id, context.Queue.Jobs[1].Id);

        Fail(context, first, "Sampler 'x' is unknown.");
        context.Queue.Change(second, j => j with { State = JobState.Done });
        context.Tick();

        page.WaitForAssertion(() => Assert.Equal("Sampler 'x' is unknown.", page.Find("[data-testid=error-sampler]").TextContent));
        Assert.Equal(second, context.Bench.Last!.Id);
    }

    [Fact]
    public async Task PageOpenedAfterAFailure_SaysItWithoutTakingItForItsOwn()
    {
        await using var context = new BenchContext();
        Fail(context, context.Queue.Submit(new GenerationRequest()).Id, "An older failure.");
        Fail(context, context.Queue.Submit(new GenerationRequest()).Id, "Sampler 'x' is unknown.");

        var (page, status) = (context.Render<RequestForm>(), context.Render<RunStatus>());
        context.Tick();

        Assert.Equal("Sampler 'x' is unknown.", status.Find("[data-testid=progress-text]").TextContent);
        Assert.Single(status.FindAll(".status-bad"));
        Assert.Empty(page.FindAll(".field-error"));
    }

    [Fact]
    public async Task Seed_DiceAndReuse_SetRandomAndTheLastOne()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Assert.True(page.Find("[data-testid=reuse-seed]").HasAttribute("disabled"));
        Type(page, ("seed", "5"));
        page.Find("form").Submit();

        page.Find("[data-testid=dice]").Click();
        Assert.Equal("-1", page.Find("[data-testid=seed]").GetAttribute("value"));
        page.Find("[data-testid=reuse-seed]").Click();
        Assert.Equal("5", page.Find("[data-testid=seed]").GetAttribute("value"));
    }

    [Fact]
    public async Task Swap_ExchangesTheSides()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Type(page, ("width", "256"), ("height", "64"));

        page.Find("[data-testid=swap]").Click();

        Assert.Equal(["64", "256"], new[] { "width", "height" }.Select(side => page.Find($"[data-testid={side}]").GetAttribute("value")));
    }

    [Fact]
    public async Task PageOpenedDuringARun_ShowsWhatRuns()
    {
        await using var context = new BenchContext();
        context.Queue.Submit(new GenerationRequest { Prompt = "a red dog", NegativePrompt = "cat", Width = 64, Height = 72, Steps = 33, Seed = 8 });

        var page = context.Render<RequestForm>();

        Assert.Equal("a red dog", page.Find("[data-testid=prompt]").GetAttribute("value"));
        Assert.Equal("33", page.Find("[data-testid=steps]").GetAttribute("value"));
        Assert.False(page.Find("[data-testid=reuse-seed]").HasAttribute("disabled"));
        Assert.False(page.Find("[data-testid=interrupt]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Interrupt_OfSeveralJobs_EndsTheFirstOnly()
    {
        await using var context = new BenchContext();
        var first = context.Queue.Submit(new GenerationRequest());
        var second = context.Queue.Submit(new GenerationRequest());
        var page = context.Render<RequestForm>();

        page.Find("[data-testid=interrupt]").Click();

        Assert.Equal(JobState.Interrupted, context.Queue.Find(first.Id)!.State);
        Assert.Equal(JobState.Queued, context.Queue.Find(second.Id)!.State);
    }

    [Fact]
    public async Task Interrupt_JobThatEndedSinceThePageWasDrawn_LeavesTheNextOneAlone()
    {
        await using var context = new BenchContext();
        var first = context.Queue.Submit(new GenerationRequest());
        var second = context.Queue.Submit(new GenerationRequest());
        var page = context.Render<RequestForm>();

        // The first change is shown at once, the second only with the next update.
        context.Queue.Change(first.Id, j => j with { State = JobState.Running });
        context.Queue.Change(first.Id, j => j with { State = JobState.Done });
        Assert.Equal(first.Id, context.Bench.Live!.Id);

        page.Find("[data-testid=interrupt]").Click();

        Assert.Equal(JobState.Queued, context.Queue.Find(second.Id)!.State);
    }

    private static void Fail(BenchContext context, Guid job, string sentence) =>
        context.Queue.Change(job, j => j with { State = JobState.Failed, Error = sentence, ErrorField = "Sampler" });

    private static void Type(IRenderedComponent<RequestForm> page, params (string Field, string Text)[] typed)
    {
        foreach (var (field, text) in typed)
        {
            page.Find($"[data-testid={field}]").Change(text);
        }
    }
}
