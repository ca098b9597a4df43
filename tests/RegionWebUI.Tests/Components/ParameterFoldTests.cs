using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

public sealed class ParameterFoldTests
{
    [Theory]
    [InlineData("DDIM", "Automatic")]
    [InlineData("Euler", "Karras")]
    [InlineData("Euler a", "Beta")]
    [InlineData("UniPC", "Automatic")]
    public async Task Options_AreThoseThatSamplerAndScheduleUse(string sampler, string schedule)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#sampler").Change(sampler);
        page.Find("#schedule").Change(schedule);

        var asked = new GenerationRequest { Sampler = sampler, Schedule = schedule };
        var optional = FakeEngine.Info.Parameters.All.Where(p => p.Group != ParameterGroup.Main).ToList();
        Assert.Contains(optional, p => !p.IsUsed(asked));
        foreach (var parameter in optional)
        {
            Assert.Equal(parameter.IsUsed(asked) ? 1 : 0, page.FindAll($"#{FieldIds.Of(parameter.Field)}").Count);
        }
    }

    [Fact]
    public async Task Values_OfEveryFold_AreSentCountedAndTakenBackToTheDefaults()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#sampler").Change("Euler");
        page.Find("#sigma-churn").Change("0,5");
        page.Find("#variation-strength").Change("0.25");
        page.Find("#resize-width").Change("64");
        page.Find("#noise-source").Change("NV");
        page.Find("#clip-skip").Change("2");
        page.Find("#old-schedules").Change(true);

        page.Find("form").Submit();

        var sent = Assert.Single(context.Queue.Submitted);
        Assert.Equal(new SamplerSettings { SigmaChurn = 0.5 }, sent.SamplerSettings);
        Assert.Equal(
            new NoiseSettings { VariationStrength = 0.25, VariationSeed = BenchContext.DrawnSeed, ResizeWidth = 64, Device = NoiseDevice.Nv },
            sent.NoiseSettings);
        Assert.Equal(new TextSettings { ClipSkip = 2, OldSchedules = true }, sent.TextSettings);
        Assert.Equal(
            ["1 set", "3 set", "2 set"],
            new[] { "sampler-options", "variation", "reading" }.Select(fold => page.Find($"#{fold}-head .fold-note").TextContent));

        page.Find("[data-testid=reset-variation]").Click();
        Assert.Empty(page.FindAll("#variation-head .fold-note"));
        page.Find("form").Submit();
        Assert.Equal(new NoiseSettings(), context.Queue.Submitted[1].NoiseSettings);
    }

    [Fact]
    public async Task Option_OfAnotherSampler_StaysInTheFormAndOutOfTheRequest()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#sampler").Change("Euler");
        page.Find("#sigma-churn").Change("no number");
        page.Find("#sampler").Change("DPM++ 2M");

        page.Find("form").Submit();

        Assert.Equal(new SamplerSettings(), Assert.Single(context.Queue.Submitted).SamplerSettings);
        page.Find("#sampler").Change("Euler");
        Assert.Equal("no number", page.Find("#sigma-churn").GetAttribute("value"));
    }

    [Theory]
    [InlineData("-1", "0", 0)]
    [InlineData("7", "0", 0)]
    [InlineData("-1", "0.5", BenchContext.DrawnSeed)]
    [InlineData("", "0.5", BenchContext.DrawnSeed)]
    [InlineData("7", "0.5", 7)]
    public async Task VariationSeed_IsDrawnOnlyWhenSomeOfItIsMixedIn(string seed, string strength, long sent)
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        page.Find("#seed").Change("3");
        page.Find("#variation-seed").Change(seed);
        page.Find("#variation-strength").Change(strength);

        page.Find("form").Submit();

        Assert.Equal(sent, Assert.Single(context.Queue.Submitted).NoiseSettings.VariationSeed);
        page.Find("[data-testid=dice-variation]").Click();
        Assert.Equal("-1", page.Find("#variation-seed").GetAttribute("value"));
    }

    [Fact]
    public async Task Eta_LeftEmpty_IsTheSamplersOwnAndAValueThatIsRefused_OpensTheFold()
    {
        await using var context = new BenchContext();
        var page = context.Render<RequestForm>();
        Assert.Equal("", page.Find("#eta").GetAttribute("value") ?? "");
        page.Find("form").Submit();
        Assert.Null(Assert.Single(context.Queue.Submitted).SamplerSettings.Eta);
        Assert.True(page.Find("#sampler-options-body").HasAttribute("hidden"));

        page.Find("#eta").Change("much");
        page.Find("form").Submit();

        Assert.Single(context.Queue.Submitted);
        Assert.False(page.Find("#sampler-options-body").HasAttribute("hidden"));
        Assert.Contains("Eta must be a number from 0 to 1, not 'much'", page.Find("[data-testid=error-eta]").TextContent, StringComparison.Ordinal);
        context.Queue.Refusal = new BadInputException(nameof(NoiseSettings.ResizeHeight), "Resize seed from height must be 0 or more.");
        page.Find("#eta").Change("0.5");
        page.Find("form").Submit();
        Assert.False(page.Find("#variation-body").HasAttribute("hidden"));
    }

    [Fact]
    public void EveryParameter_HasAControlOfItsOwn()
    {
        var ids = new GenerationParameters(RequestValidator.Standard).All.Select(p => FieldIds.Of(p.Field)).ToList();

        Assert.DoesNotContain(FieldIds.Form, ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
