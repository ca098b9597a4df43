using System.Globalization;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>The conditioned score: a known gradient moves z by known numbers, whatever the sampler.</summary>
public class GuideHookTests
{
    // DDIM with 20 steps and eta 0: t, size of the step on x0, net coefficient of the gradient on z_{t-1} (CompVis schedule).
    private const string Table = """
        951 10.983 -.3109; 901 8.332 -.2842; 851 6.431 -.2592; 801 5.040 -.2358; 751 4.000 -.2139; 701 3.208 -.1933; 651 2.591 -.1741;
        601 2.102 -.1562; 551 1.707 -.1395; 501 1.383 -.1239; 451 1.113 -.1094; 401 .8875 -.0960; 351 .6969 -.0836; 301 .5358 -.0722;
        251 .3999 -.0617; 201 .2858 -.0524; 151 .1910 -.0442; 101 .1133 -.0376; 51 .0507 -.0415; 1 .0017 -.0005
        """;

    private static readonly Latent _gradient =
        new(4, 8, 8, Enumerable.Range(0, 256).Select(i => (float)Math.Cos(i * 0.37)).ToArray());

    [Fact]
    public async Task Push_DdimOf20Steps_MovesX0AndTheNextZByTheRecordedCoefficients()
    {
        const StringSplitOptions words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var rows = Table.Split(';').Select(r => Array.ConvertAll(r.Split(' ', words), Number)).ToArray();
        Assert.Equal(20, rows.Length);
        for (var step = 0; step < rows.Length; step++)
        {
            var plain = await StepAsync("DDIM", step, null);
            var guided = await StepAsync("DDIM", step, _gradient);

            Assert.Equal(rows[step][0], guided.Step.T, 9);
            Near(-rows[step][1], Coefficient(guided.X0 - plain.X0), 6e-4 * Math.Max(1, rows[step][1]));
            Near(rows[step][2], Coefficient(guided.Z - plain.Z), 6e-5);
        }
    }

    [Fact]
    public async Task Push_Identity_EpsFollowsX0()
    {
        var checkedCalls = 0;
        await new SeamRun().RunAsync(Hook.Guide(c =>
        {
            var lane = c.Lanes[0];
            var (eps, x0, z) = (c.Eps(lane), c.X0(lane), c.Z(lane));
            c.Push(lane, _gradient);

            // eps' = eps + sqrt(1 - abar) grad L ; x0' = x0 - (1 - abar) / sqrt(abar) grad L ; z = sqrt(abar) x0' + sqrt(1 - abar) eps'.
            var a = c.Step.AlphaBar;
            Assert.True((c.Eps(lane) - (eps + (Math.Sqrt(1 - a) * _gradient))).Norm() < 2e-4);
            Assert.True((c.X0(lane) - (x0 - ((1 - a) / Math.Sqrt(a) * _gradient))).Norm() < 1e-5 * c.X0(lane).Norm());
            Assert.True((z - ((Math.Sqrt(a) * c.X0(lane)) + (Math.Sqrt(1 - a) * c.Eps(lane)))).Norm() < 1e-5 * z.Norm());
            checkedCalls++;
        }));
        Assert.Equal(20, checkedCalls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(18)]
    public async Task Push_EulerA_MovesTheNextZByItsOwnRule(int step)
    {
        var plain = await StepAsync("Euler a", step, null);
        var guided = await StepAsync("Euler a", step, _gradient);

        // x_{i+1} = x + (x - D) / sigma (sigma_down - sigma) + noise: dx = (1 - sigma_down / sigma) dD, and z = sqrt(abar_next) x.
        var info = guided.Step;
        var (down, _) = StepMath.Ancestral(info.Sigma, info.SigmaNext, 1);
        var expected = -(1 - (down / info.Sigma)) * (1 - info.AlphaBar) / Math.Sqrt(info.AlphaBar) * Math.Sqrt(info.AlphaBarNext);
        Near(expected, Coefficient(guided.Z - plain.Z), 1e-5 * Math.Max(1, Math.Abs(expected)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(18)]
    public async Task Push_HeunInBothCalls_MovesTheNextZByItsOwnRule(int step)
    {
        var plain = await StepAsync("Heun", step, null);
        var guided = await StepAsync("Heun", step, _gradient);

        // The analytic network sees the moved state only through its own slope; its derivative is taken from the network itself.
        var info = guided.Step;
        var k1 = -(1 - info.AlphaBar) / Math.Sqrt(info.AlphaBar);
        var k2 = -(1 - info.AlphaBarNext) / Math.Sqrt(info.AlphaBarNext);
        var dt = info.SigmaNext - info.Sigma;
        var d1 = Scale(_gradient, -k1 / info.Sigma);
        var moved = Scale(_gradient, dt * -k1 / info.Sigma);
        var d2 = moved.Zip(NetworkSlope(moved, info.SigmaNext), (m, s) => (m - s) / info.SigmaNext)
            .Zip(_gradient.Data.ToArray(), (d, g) => d - (k2 * g / info.SigmaNext));
        var expected = d1.Zip(d2, (a, b) => Math.Sqrt(info.AlphaBarNext) * dt / 2 * (a + b)).ToArray();
        var actual = (guided.Z - plain.Z).Data.ToArray();
        var worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst < 2e-5 * Math.Max(1, expected.Max(Math.Abs)), $"{worst} at step {step}");
    }

    [Fact]
    public async Task Push_TrustRatio_BoundsTheStepAndLeavesSmallerOnesAlone()
    {
        await new SeamRun { Steps = 5 }.RunAsync(Hook.Guide(c =>
        {
            var lane = c.Lanes[0];
            var before = c.X0(lane);
            c.Push(lane, 1e3 * _gradient, trust: 0.5);
            Near(0.5 * before.Norm(), (c.X0(lane) - before).Norm(), 1e-4 * before.Norm());

            var size = (1 - c.Step.AlphaBar) / Math.Sqrt(c.Step.AlphaBar);
            var small = 1e-3 / size * _gradient;
            var moved = c.X0(lane);
            c.Push(lane, small, trust: 0.5);
            Near(1e-3 * _gradient.Norm(), (c.X0(lane) - moved).Norm(), 1e-4);
        }));
    }

    [Fact]
    public async Task Push_WhatCannotBeAGradient_IsRefused()
    {
        await new SeamRun { Steps = 1 }.RunAsync(Hook.Guide(c =>
        {
            var lane = c.Lanes[0];
            Assert.Throws<ArgumentException>(() => c.Push(lane, new Latent(4, 2, 2, new float[16])));
            Assert.Throws<ArgumentException>(() => c.Push(lane, float.NaN * _gradient));
            Assert.Throws<ArgumentException>(() => c.Push(lane, _gradient, trust: -1));
            Assert.Throws<ArgumentException>(() => c.Push(new Lane(3, "nowhere"), _gradient));
        }));
    }

    [Fact]
    public async Task Rows_OfALane_AreThoseThatRan()
    {
        var seen = 0;
        var run = new SeamRun { Steps = 1, Lanes = 2, CfgScale = 5, UNet = new AnalyticUNet { Granularity = 4 } };
        await run.RunAsync(
            Hook.Plan(c => c.Rows[1] = c.Rows[1] with { Id = "crop", Crop = new Box(0, 0, 8, 7) }),
            Hook.Guide(c =>
            {
                var (first, second) = (Assert.Single(c.Rows(c.Lanes[0])), Assert.Single(c.Rows(c.Lanes[1])));
                Assert.Equal((c.Lanes[0], c.Frame, 5.0), (first.Lane, first.Crop, first.CfgScale));
                Assert.Equal(("crop", c.Frame), (second.Id, second.Crop));
                Assert.Throws<ArgumentException>(() => c.Rows(new Lane(3, "nowhere")));
                seen++;
            }),
            Hook.Fuse((c, next) => c.Rows[0].Row.Id == "crop" ? c.Rows[0].Eps : next()));
        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task PathToX0_ThroughTheUnet_WantsOneRowOfTheWholePicture()
    {
        var sentences = new List<string>();
        void Split(PlanContext c)
        {
            var whole = c.Rows[0];
            c.Rows.Clear();
            c.Rows.Add(whole with { Id = "left", Crop = new Box(0, 0, 4, 8) });
            c.Rows.Add(whole with { Id = "right", Crop = new Box(4, 0, 4, 8) });
        }

        var guide = Hook.Guide(c =>
        {
            Assert.NotNull(c.PathToX0(c.Lanes[0]));
            sentences.Add(Assert.Throws<InvalidOperationException>(() => c.PathToX0(c.Lanes[0], throughUnet: true)).Message);
        });
        await new SeamRun { Steps = 1 }.RunAsync(Hook.Plan(Split), guide);
        await new SeamRun { Steps = 1 }.RunAsync(
            Hook.Plan(c => c.Rows.Add(c.Rows[0] with { Id = "once more" })), guide);
        await new SeamRun { Steps = 1 }.RunAsync(Hook.Guide(c => Assert.NotNull(c.PathToX0(c.Lanes[0], throughUnet: true))));

        Assert.Equal(2, sentences.Count);
        Assert.Contains("needs one row that sees the whole picture; picture 1 is made of 'left', 'right'", sentences[0], StringComparison.Ordinal);
    }

    // The run is brought to one step without guidance; there the gradient is pushed in every model call.
    private static async Task<(StepInfo Step, Latent X0, Latent Z)> StepAsync(string sampler, int step, Latent? gradient)
    {
        (StepInfo, Latent, Latent)? seen = null;
        await new SeamRun { Sampler = sampler }.RunAsync(
            Hook.Guide(c =>
            {
                if (c.Step.Index == step && gradient is not null)
                {
                    c.Push(c.Lanes[0], gradient);
                }
            }),
            Hook.Blend(c =>
            {
                if (c.Step.Index == step)
                {
                    seen = (c.Step, c.X0(c.Lanes[0]), c.Z(c.Lanes[0]));
                }
            }));
        return seen!.Value;
    }

    // The factor by which the gradient went into a difference, by least squares; what is left over must be rounding.
    private static double Coefficient(Latent difference)
    {
        var (d, g) = (difference.Data.ToArray(), _gradient.Data.ToArray());
        var factor = d.Zip(g, (a, b) => (double)a * b).Sum() / g.Sum(b => (double)b * b);
        var rest = d.Zip(g, (a, b) => Math.Abs(a - (factor * b))).Max();
        Assert.True(rest < 3e-5 * Math.Max(1, Math.Abs(factor)), $"{rest} beside the gradient");
        return factor;
    }

    private static double[] Scale(Latent latent, double factor) => Array.ConvertAll(latent.Data.ToArray(), v => v * factor);

    // dD of the analytic network for a change dx of the state at sigma.
    private static double[] NetworkSlope(double[] dx, double sigma)
    {
        var t = NoiseSchedule.StableDiffusion.T(sigma);
        var toZ = Math.Sqrt(NoiseSchedule.AlphaBarOf(sigma));
        var at = AnalyticUNet.Eps(new double[dx.Length], 4, t, 1);
        var moved = AnalyticUNet.Eps(Array.ConvertAll(dx, v => v * toZ), 4, t, 1);
        return [.. dx.Select((v, i) => v - (sigma * (moved[i] - at[i])))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected}, got {actual}");
}
