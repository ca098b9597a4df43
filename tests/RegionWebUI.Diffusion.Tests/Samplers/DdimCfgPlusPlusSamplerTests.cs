using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Tests.Hooks;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>DDIM CFG++ in whole runs over the analytic UNet, against Algorithm 2 of its paper written out in z.</summary>
public sealed class DdimCfgPlusPlusSamplerTests
{
    private const int Steps = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12.5)]
    [InlineData(20)]
    public async Task RunAsync_AnyGuidance_EqualsThePapersAlgorithm(double cfgScale)
    {
        var noise = NoiseSchedule.StableDiffusion;
        var z = new TorchCpuGenerator(7).Randn(256).Select(v => (double)v).ToArray();
        for (var k = Steps - 1; k >= 0; k--)
        {
            int t = 1 + (k * noise.Count / Steps), next = k > 0 ? 1 + ((k - 1) * noise.Count / Steps) : 0;
            var (a, aNext) = (noise.AlphaBar(t), noise.AlphaBar(next));
            var (conditional, unconditional) = (AnalyticUNet.Eps(z, 4, t, 1), AnalyticUNet.Eps(z, 4, t, -1));
            z = [.. z.Select((value, i) =>
            {
                var guided = unconditional[i] + (cfgScale / 12.5 * (conditional[i] - unconditional[i]));
                var x0 = (value - (Math.Sqrt(1 - a) * guided)) / Math.Sqrt(a);
                return (Math.Sqrt(aNext) * x0) + (Math.Sqrt(1 - aNext) * unconditional[i]);
            })];
        }

        var run = new SeamRun { Sampler = "DDIM CFG++", Steps = Steps, CfgScale = cfgScale, Negative = AnalyticUNet.Prompt(-1) };

        var latent = (await run.RunAsync())[0];

        Near.Absolute(z, [.. latent.Data.ToArray().Select(v => (double)v)], 1e-4, $"CFG {cfgScale}");
    }

    [Fact]
    public async Task RunAsync_BothPromptsTheSame_IsDdim()
    {
        var ddim = (await new SeamRun { Steps = Steps, CfgScale = 3, Negative = AnalyticUNet.Prompt(1) }.RunAsync())[0];
        var plusPlus = (await new SeamRun { Sampler = "ddim_cfgpp", Steps = Steps, CfgScale = 3, Negative = AnalyticUNet.Prompt(1) }.RunAsync())[0];

        Near.Absolute([.. ddim.Data.ToArray().Select(v => (double)v)], [.. plusPlus.Data.ToArray().Select(v => (double)v)], 1e-5, "z");
    }

    [Fact]
    public async Task RunAsync_TwoLanes_EachIsAsAloneAndHooksSeeTheScaleThatIsUsed()
    {
        var scales = new List<double>();
        var run = new SeamRun { Sampler = "DDIM CFG++", Steps = Steps, CfgScale = 5, Lanes = 2 };
        var both = await run.RunAsync(Hook.Combine((c, next) =>
        {
            scales.Add(c.Row.CfgScale);
            return next();
        }));

        Assert.All(scales, scale => Assert.Equal(0.4, scale, 1e-12));
        Assert.Equal(Steps * 2, scales.Count);
        Assert.Equal((await (run with { Lanes = 1 }).RunAsync())[0].Data.ToArray(), both[0].Data.ToArray());
    }

    [Fact]
    public async Task RunAsync_HookThatCombinesOtherwise_ChangesThePictureButNotTheWayToTheNextLevel()
    {
        // The hook answers with the negative prompt's eps, which both the picture and the way then come from: DDIM under that prompt alone.
        var run = new SeamRun { Sampler = "DDIM CFG++", Steps = Steps, CfgScale = 5, Negative = AnalyticUNet.Prompt(-1) };
        var hooked = (await run.RunAsync(Hook.Combine((c, _) => c.Unconditional!)))[0];
        var alone = (await new SeamRun { Steps = Steps, Positive = AnalyticUNet.Prompt(-1) }.RunAsync())[0];

        Near.Absolute([.. alone.Data.ToArray().Select(v => (double)v)], [.. hooked.Data.ToArray().Select(v => (double)v)], 1e-5, "z");
    }
}
