using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>How many UNet calls a plan costs.</summary>
public class RowBatcherTests
{
    [Fact]
    public async Task Rows_OfOneShape_ShareACallAcrossLanesCropsAndGuidanceHalves()
    {
        var unet = new AnalyticUNet();
        await new SeamRun { UNet = unet, Lanes = 3, Steps = 1, CfgScale = 5 }.RunAsync(Halves(8));
        Assert.Equal([(12, 8, 4, 77)], unet.Calls);
    }

    [Fact]
    public async Task Rows_MoreThanACallTakes_GoIntoSeveral()
    {
        var unet = new AnalyticUNet { MaxRows = 5 };
        await new SeamRun { UNet = unet, Lanes = 3, Steps = 1, CfgScale = 5 }.RunAsync(Halves(8));
        Assert.Equal([(5, 8, 4, 77), (5, 8, 4, 77), (2, 8, 4, 77)], unet.Calls);
    }

    [Fact]
    public async Task Rows_PromptsOfUnequalLength_RunTheirHalvesApart()
    {
        var unet = new AnalyticUNet();
        await new SeamRun { UNet = unet, Lanes = 2, Steps = 1, CfgScale = 5, Positive = AnalyticUNet.Prompt(1, chunks: 2) }.RunAsync();
        Assert.Equal([(2, 8, 8, 77), (2, 8, 8, 154)], unet.Calls);
    }

    [Fact]
    public async Task Rows_OfOneNegativePromptOverTheSameCells_AskForItOnce()
    {
        var unet = new AnalyticUNet();
        var run = new SeamRun { UNet = unet, Steps = 1, CfgScale = 5 };

        var shared = await run.RunAsync(Hook.Plan(c => c.Rows.Add(c.Rows[0] with { Id = "again", Positive = AnalyticUNet.Prompt(2) })));
        var apart = await run.RunAsync(Hook.Plan(c => c.Rows.Add(
            c.Rows[0] with { Id = "again", Positive = AnalyticUNet.Prompt(2), Negative = AnalyticUNet.Prompt(0) })));

        Assert.Equal([(3, 8, 8, 77), (4, 8, 8, 77)], unet.Calls);
        Assert.Equal(apart[0].Data.ToArray(), shared[0].Data.ToArray());
    }

    [Fact]
    public async Task Rows_Share_CountsAsSoManyRows()
    {
        var run = new SeamRun { Steps = 2 };
        DenoiseRow Other(PlanContext c, string id) => c.Rows[0] with { Id = id, Positive = AnalyticUNet.Prompt(2) };

        var doubled = await run.RunAsync(Hook.Plan(c => c.Rows.Add(Other(c, "other") with { Share = 2 })));
        var twice = await run.RunAsync(Hook.Plan(c =>
        {
            c.Rows.Add(Other(c, "other"));
            c.Rows.Add(Other(c, "more"));
        }));

        Assert.True((doubled[0] - twice[0]).Norm() < 1e-5);
        Assert.True((doubled[0] - (await run.RunAsync())[0]).Norm() > 0.1);
    }

    [Fact]
    public async Task Rows_BatchedOrNot_GiveTheSameBits()
    {
        var run = new SeamRun { Lanes = 3, CfgScale = 5 };
        var together = await run.RunAsync(Halves(8));
        var apart = await (run with { UNet = new AnalyticUNet { MaxRows = 2 } }).RunAsync(Halves(8));
        Assert.Equal(together.SelectMany(l => l.Data.ToArray()), apart.SelectMany(l => l.Data.ToArray()));
    }

    [Fact]
    public async Task Rows_OfAVelocityModel_EndWhereThoseOfItsEpsModelEnd()
    {
        var run = new SeamRun { Lanes = 2, CfgScale = 5 };
        var eps = await run.RunAsync(Halves(8));
        var velocity = await (run with { UNet = new AnalyticUNet { Prediction = PredictionType.Velocity } }).RunAsync(Halves(8));
        Assert.All(eps.Zip(velocity), pair => Assert.True((pair.First - pair.Second).Norm() < 1e-3 * pair.First.Norm()));
    }

    [Fact]
    public async Task Rows_TensorsOfAShape_AreUsedAgainUntilACallHasNone()
    {
        var steady = new AnalyticUNet();
        await new SeamRun { UNet = steady, Steps = 3 }.RunAsync();
        Assert.Single(steady.Samples.Distinct());

        // Whole, halves, whole, ...: each call's tensors are those of a new shape, and none are kept for good.
        var changing = new AnalyticUNet();
        var halves = (IPlanHook)Halves(8);
        await new SeamRun { UNet = changing, Steps = 6 }.RunAsync(Hook.Plan(c =>
        {
            if (c.Step.Index % 2 == 1)
            {
                halves.Plan(c);
            }
        }));
        Assert.Equal(6, changing.Samples.Distinct().Count());
    }

    [Fact]
    public async Task Crop_OffTheGrid_IsSnappedOutwardAndTheAddedCellsHaveNoShare()
    {
        var unet = new AnalyticUNet { Granularity = 4 };
        DenoiseRow? ran = null;
        await new SeamRun { UNet = unet, Side = 16, Steps = 1 }.RunAsync(
            Hook.Plan(c => c.Rows.Add(c.Rows[0] with { Id = "region", Crop = new Box(5, 6, 6, 3), Weight = Mask.Full(6, 3, 0.5f) })),
            Hook.Combine((c, next) =>
            {
                ran = c.Row.Id == "region" ? c.Row : ran;
                return next();
            }));

        Assert.Equal(new Box(4, 4, 8, 8), ran!.Crop);
        Assert.Equal([(1, 16, 16, 77), (1, 8, 8, 77)], unet.Calls);
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                Assert.Equal(x is >= 1 and < 7 && y is >= 2 and < 5 ? 0.5f : 0, ran.Weight![x, y]);
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 16, 16, 0, 0, 16, 16)]
    [InlineData(3, 9, 2, 2, 0, 8, 8, 8)]
    [InlineData(13, 13, 3, 3, 8, 8, 8, 8)]
    [InlineData(0, 15, 16, 1, 0, 8, 16, 8)]
    [InlineData(4, 4, 8, 4, 4, 4, 8, 8)]
    public void Snap_AnyBox_IsOnTheGridAndAtLeastTwoCoarseCellsWide(int x, int y, int width, int height, int sx, int sy, int sw, int sh) =>
        Assert.Equal(new Box(sx, sy, sw, sh), new Box(x, y, width, height).Snap(4, new Box(0, 0, 16, 16)));

    [Fact]
    public void Snap_CanvasOffTheGrid_EndsAtItsEdge()
    {
        Assert.Equal(new Box(4, 0, 9, 9), new Box(6, 1, 7, 8).Snap(4, new Box(0, 0, 13, 9)));
        Assert.Equal(new Box(0, 0, 5, 5), new Box(4, 4, 1, 1).Snap(4, new Box(0, 0, 5, 5)));
    }

    private static IHook Halves(int side) => Hook.Plan(c =>
    {
        var rows = c.Rows.ToList();
        c.Rows.Clear();
        foreach (var row in rows)
        {
            c.Rows.Add(row with { Id = row.Id + " left", Crop = new Box(0, 0, side / 2, side) });
            c.Rows.Add(row with { Id = row.Id + " right", Crop = new Box(side / 2, 0, side / 2, side) });
        }
    });
}
