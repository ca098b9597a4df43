using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>What a start hook can set: region noise, lanes, the first step.</summary>
public class StartHookTests
{
    [Fact]
    public async Task Start_RegionNoise_StandsInTheBoxAndTheSeedsNoiseAround()
    {
        var box = new Box(2, 3, 4, 5);
        Latent? first = null;
        await new SeamRun { Steps = 3 }.RunAsync(
            Hook.Start(c =>
            {
                var lane = c.Lanes[0];
                c.Set(lane, c.Z(lane).Paste(c.Noise(seed: 99, box.Height, box.Width), box));
            }),
            Hook.Plan(c => first ??= c.Z(c.Lanes[0])));

        // torch.manual_seed(99); randn(1, 4, 5, 4), and that of the run's own seed: DDIM starts from unit noise.
        var region = Draw(99, 4 * 5 * 4);
        var own = Draw(7, 4 * 8 * 8);
        for (var c = 0; c < 4; c++)
        {
            for (var y = 0; y < 8; y++)
            {
                for (var x = 0; x < 8; x++)
                {
                    var inside = box.Contains(new Box(x, y, 1, 1));
                    var expected = inside ? region[(((c * 5) + y - 3) * 4) + x - 2] : own[(((c * 8) + y) * 8) + x];
                    Assert.Equal(expected, first![c, y, x], inside ? 0 : 1e-6f);
                }
            }
        }
    }

    [Fact]
    public async Task Start_AddedLane_RunsBesideTheOthersWithItsOwnSeed()
    {
        var unet = new AnalyticUNet();
        Lane? source = null;
        var run = new SeamRun { UNet = unet, Sampler = "Euler a", Steps = 4 };

        var lanes = await run.RunAsync(Hook.Start(c => source = c.AddLane("source", 99, isPicture: false)));
        var alone = await run.RunAsync();

        Assert.Equal(new Lane(1, "source"), source);
        Assert.Equal(2, lanes.Count);
        Assert.Equal(alone[0].Data.ToArray(), lanes[0].Data.ToArray());
        Assert.NotEqual(lanes[0].Data.ToArray(), lanes[1].Data.ToArray());
        Assert.Equal([(2, 8, 8, 77), (2, 8, 8, 77), (2, 8, 8, 77), (2, 8, 8, 77), (1, 8, 8, 77)], unet.Calls.Take(5));
    }

    [Fact]
    public async Task Start_FirstStep_LeavesOutWhatLiesBefore()
    {
        var steps = new List<StepInfo>();
        await new SeamRun { Steps = 10 }.RunAsync(
            Hook.Start(c =>
            {
                Assert.Equal(11, c.Sigmas.Count);
                c.FirstStep = 6;
                Assert.Equal(NoiseSchedule.AlphaBarOf(c.Sigmas[6]), c.AlphaBar);
                Assert.Throws<ArgumentOutOfRangeException>(() => c.FirstStep = 10);
            }),
            Hook.Blend(c => steps.Add(c.Step)));

        Assert.Equal([0, 1, 2, 3], steps.Select(s => s.Index));
        Assert.All(steps, s => Assert.Equal(4, s.Count));
        Assert.Equal(301, steps[0].T, 9);
    }

    [Fact]
    public async Task Step_Variance_IsTheAncestralStepsFixedLargeOne()
    {
        var steps = new List<StepInfo>();
        await new SeamRun { Steps = 5 }.RunAsync(Hook.Blend(c => steps.Add(c.Step)));

        Assert.All(steps.SkipLast(1), s => Assert.Equal(1 - (s.AlphaBar / s.AlphaBarNext), s.Variance, 12));
        var (before, last) = (steps[^2], steps[^1]);
        Assert.Equal((1 - last.AlphaBar) / (1 - before.AlphaBar) * before.Variance, last.Variance, 12);
    }

    [Fact]
    public async Task Step_HeunFromALaterStep_CountsItsCallsAndBlendsOnceAStep()
    {
        var calls = new List<StepInfo>();
        var blends = new List<StepInfo>();
        IReadOnlyList<double> sigmas = [];
        await new SeamRun { Sampler = "Heun", Steps = 5 }.RunAsync(
            Hook.Start(c =>
            {
                sigmas = c.Sigmas;
                c.FirstStep = 2;
            }),
            Hook.Guide(c => calls.Add(c.Step)),
            Hook.Blend(c => blends.Add(c.Step)));

        // Two calls a step, at the noise levels of its two ends; the last step ends clean and makes one.
        Assert.Equal([(0, 0), (0, 1), (1, 2), (1, 3), (2, 4)], calls.Select(c => (c.Index, c.Call)));
        Assert.Equal([sigmas[2], sigmas[3], sigmas[3], sigmas[4], sigmas[4]], calls.Select(c => c.Sigma));
        Assert.Equal([sigmas[3], sigmas[3], sigmas[4], sigmas[4], 0], calls.Select(c => c.SigmaNext));
        Assert.Equal([(0, 1), (1, 3), (2, 4)], blends.Select(b => (b.Index, b.Call)));
        Assert.Equal([sigmas[2], sigmas[3], sigmas[4]], blends.Select(b => b.Sigma));
        Assert.Equal(1 - (blends[0].AlphaBar / blends[0].AlphaBarNext), blends[0].Variance, 12);
    }

    [Fact]
    public async Task Start_LanesOfOneSeed_DrawTheSameNoiseAtEveryAncestralStep()
    {
        var lanes = await new SeamRun { Sampler = "Euler a", Steps = 4 }.RunAsync(Hook.Start(c => c.AddLane("twin", 7, isPicture: true)));

        Assert.Equal(lanes[0].Data.ToArray(), lanes[1].Data.ToArray());
    }

    [Fact]
    public async Task Start_WhatCannotBe_IsRefused()
    {
        await new SeamRun { Steps = 2 }.RunAsync(Hook.Start(c =>
        {
            Assert.Equal(c.Lanes[0], c.PreviewLane);
            c.PreviewLane = c.AddLane("shown", 1, isPicture: false);
            Assert.Equal("shown", c.PreviewLane.Name);
            Assert.Throws<ArgumentException>(() => c.PreviewLane = new Lane(9, "nowhere"));
            Assert.Throws<ArgumentException>(() => c.AddLane("picture 1", 1, true));
            Assert.Throws<ArgumentException>(() => c.AddLane("", 1, true));
            Assert.Throws<ArgumentException>(() => c.AddLane("more", -1, true));
            Assert.Throws<ArgumentException>(() => c.Set(c.Lanes[0], new Latent(4, 1, 1, new float[4])));
            Assert.Throws<ArgumentException>(() => c.Z(new Lane(1, "nowhere")));
        }));
    }

    private static float[] Draw(long seed, int count)
    {
        var draw = new float[count];
        new TorchCpuGenerator(seed).Fill(draw);
        return draw;
    }
}
