using System.Reflection;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Tests.Hooks;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Samplers;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>A sampler of an extension is one like the engine's own, as long as it keeps its rules.</summary>
public class ExtensionSamplerTests
{
    private const int Steps = 4;

    public static TheoryData<string, string> Misdeeds => new()
    {
        { "throws", "InvalidOperationException: on purpose" },
        { "no task", "returned no task" },
        { "null", "The result is null; a state has 256" },
        { "short", "The result is 3 values; a state has 256" },
        { "no number", "The result has a value that is no finite number" },
        { "no steps", "ended after 0 of 4 steps" },
        { "too few steps", "ended after 3 of 4 steps" },
        { "another result", "not the state that the last AfterStepAsync gave" },
        { "step twice", "The step is 0; 1 of 4 have ended" },
        { "step too many", "The step is 4; 4 of 4 have ended" },
        { "step ahead", "The step is 2; 0 of 4 have ended" },
        { "ends a step unasked", "Step 1 ended without a call of DenoiseAsync" },
        { "short to denoise", "x is 1 values" },
        { "null to denoise", "x is null" },
        { "no number to denoise", "x has a value that is no finite number" },
        { "no level", "The noise level is 0" },
        { "endless level", "The noise level is" },
        { "short denoised", "denoised is 2 values" },
        { "noise upwards", "no noise between 1 and 2" },
        { "cancels itself", "OperationCanceledException" },
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(20, 1)]
    public async Task Run_CompiledEuler_GivesTheBitsOfTheEnginesOwn(int steps, int lanes)
    {
        var assembly = Assembly.Load(ExtensionCompiler.Compile("Ext.euler", SamplerSource.Euler).Dll);
        var own = (ISampler)Activator.CreateInstance(assembly.GetType("TestEuler")!)!;
        var run = new SeamRun { Sampler = "Euler", Steps = steps, Lanes = lanes, CfgScale = 3 };

        Same(await run.RunAsync(), await (run with { Own = own }).RunAsync());
    }

    [Fact]
    public async Task Run_NoiseInEachStep_IsThatOfTheEnginesOwn()
    {
        var run = new SeamRun { Sampler = "Euler a", Lanes = 2 };

        Same(await run.RunAsync(), await (run with { Own = new OwnSampler(c => OwnSampler.EulerAsync(c, eta: 1)) }).RunAsync());
    }

    [Fact]
    public async Task Run_NoiseOfAWay_IsTheIncrementOfOnePath()
    {
        await Run(async c =>
        {
            var (whole, upper, lower) = (c.NoiseBetween(9, 1), c.NoiseBetween(9, 5), c.NoiseBetween(5, 1));
            Assert.Equal(whole[7] * Math.Sqrt(8), (upper[7] + lower[7]) * 2, 1e-9);
            return await OwnSampler.EulerAsync(c);
        });
    }

    [Fact]
    public async Task Run_BlendHook_IsWhatTheSamplerGoesOnWith()
    {
        var run = new SeamRun { Sampler = "Euler", Steps = Steps };
        var blend = Hook.Blend(c => c.Set(c.Lanes[0], 0.5 * c.Z(c.Lanes[0])));

        Same(await run.RunAsync(blend), await (run with { Own = new OwnSampler(c => OwnSampler.EulerAsync(c)) }).RunAsync(blend));
    }

    [Fact]
    public async Task Run_StartHookMovesTheFirstStep_SeesTheRestOfTheSchedule()
    {
        var run = new SeamRun { Sampler = "Euler", Steps = 6 };
        var later = Hook.Start(c => c.FirstStep = 2);
        var seen = 0;

        var own = new OwnSampler(c =>
        {
            seen = c.Steps;
            Assert.All(c.Sigmas.Zip(c.Sigmas.Skip(1)), pair => Assert.True(pair.First > pair.Second));
            return OwnSampler.EulerAsync(c);
        });

        Same(await run.RunAsync(later), await (run with { Own = own }).RunAsync(later));
        Assert.Equal(4, seen);
    }

    [Fact]
    public async Task Run_SamplerWritesIntoWhatItWasGiven_ChangesNothingElse()
    {
        var seen = new List<double>();
        var look = Hook.Blend(c => seen.Add(c.X0(c.Lanes[0]).Data.Span[3]));
        await new SeamRun { Sampler = "Euler", Steps = Steps }.RunAsync(look);
        var expected = seen.ToList();
        seen.Clear();

        await Run(
            async c =>
            {
                var x = c.X;
                for (var i = 0; i < c.Steps; i++)
                {
                    var denoised = await c.DenoiseAsync(x, i, c.Sigmas[i]);
                    for (var j = 0; j < x.Length; j++)
                    {
                        x[j] += (c.Sigmas[i + 1] - c.Sigmas[i]) * ((x[j] - denoised[j]) / c.Sigmas[i]);
                    }

                    x = await c.AfterStepAsync(x, i, denoised);
                    Array.Clear(denoised);
                }

                return x;
            },
            look);

        Assert.Equal(expected, seen);
    }

    [Theory]
    [MemberData(nameof(Misdeeds))]
    public async Task Run_SamplerBreaksARule_IsItsExtensionsFault(string misdeed, string sentence)
    {
        var failed = await Assert.ThrowsAsync<HookException>(() => Run(c => MisbehaveAsync(misdeed, c)));

        Assert.Equal(("own", "1.0.0", HookKind.Sample), (failed.Failure.Extension, failed.Failure.Version, failed.Failure.Kind));
        Assert.Contains(sentence, failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SamplerDoesNotWaitForACall_IsItsExtensionsFault()
    {
        var gate = new Gate();
        var failed = await Assert.ThrowsAsync<HookException>(() => Run(
            async c =>
            {
                var first = c.DenoiseAsync(c.X, 0, 1);
                var second = c.DenoiseAsync(c.X, 0, 1);
                gate.Open();
                await first;
                return await second;
            },
            gate));
        Assert.Contains("await each", failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ContextIsUsedAfterTheEnd_IsRefused()
    {
        SamplerContext? kept = null;
        await Run(c => OwnSampler.EulerAsync(kept = c));

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept!.DenoiseAsync(kept.X, 0, 1));
        Assert.Throws<InvalidOperationException>(() => kept!.Noise());
        Assert.Throws<InvalidOperationException>(() => kept!.NoiseBetween(2, 1));
    }

    [Fact]
    public async Task Run_SamplerSwallowsAHooksFailure_TheHookIsStillToBlame()
    {
        var failed = await Assert.ThrowsAsync<HookException>(() => Run(
            async c =>
            {
                try
                {
                    return await OwnSampler.EulerAsync(c);
                }
                catch (Exception)
                {
                    return c.X;
                }
            },
            Hook.Combine((_, _) => throw new InvalidOperationException("the hook's"))));

        Assert.Equal(("test-0", HookKind.Combine), (failed.Failure.Extension, failed.Failure.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Own")]
    [InlineData("Own ")]
    [InlineData("Own, again")]
    [InlineData("a\nb")]
    [InlineData("12345678901234567890123456789012345678901")]
    [InlineData("euler A")]
    [InlineData("k_heun")]
    public void RunSampler_NameThatCannotBeTaken_IsRefused(string name)
    {
        Refused(new OwnSampler(c => OwnSampler.EulerAsync(c)) { Name = name });
        Refused(new OwnSampler(c => OwnSampler.EulerAsync(c)) { Aliases = ["ok", name] });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void RunSampler_CallsThatCannotBe_AreRefused(int calls) =>
        Refused(new OwnSampler(c => OwnSampler.EulerAsync(c)) { CallsPerStep = calls });

    private static void Refused(ISampler sampler)
    {
        var refused = Assert.Throws<ExtensionDeclarationException>(() => new RunSampler(sampler));
        Assert.Contains("sampler", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static Task<IReadOnlyList<Latent>> Run(Func<SamplerContext, Task<double[]>> sample, params IHook[] hooks) =>
        new SeamRun { Own = new OwnSampler(sample), Steps = Steps }.RunAsync(hooks);

    private static void Same(IReadOnlyList<Latent> expected, IReadOnlyList<Latent> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray()));
    }

    private static async Task<double[]> WalkAsync(SamplerContext c, int steps)
    {
        var x = c.X;
        for (var i = 0; i < steps; i++)
        {
            x = await c.AfterStepAsync(x, i, await c.DenoiseAsync(x, i, c.Sigmas[i]));
        }

        return x;
    }

    private static Task<double[]> MisbehaveAsync(string misdeed, SamplerContext c) =>
        misdeed == "no task" ? null! : DoAsync(misdeed, c);

    private static async Task<double[]> DoAsync(string misdeed, SamplerContext c) => misdeed switch
    {
        "throws" => throw new InvalidOperationException("on purpose"),
        "null" => await WalkAsync(c, Steps) is null ? [] : null!,
        "short" => (await WalkAsync(c, Steps))[..3],
        "no number" => [.. (await WalkAsync(c, Steps)).Select(_ => double.NaN)],
        "no steps" => c.X,
        "too few steps" => await WalkAsync(c, Steps - 1),
        "another result" => [.. (await WalkAsync(c, Steps)).Select(v => v + 1)],
        "step twice" => await c.AfterStepAsync(await WalkAsync(c, 1), 0, c.X),
        "step too many" => await c.DenoiseAsync(await WalkAsync(c, Steps), Steps, 1),
        "step ahead" => await c.DenoiseAsync(c.X, 2, 1),
        "ends a step unasked" => await c.AfterStepAsync(await WalkAsync(c, 1), 1, c.X),
        "short to denoise" => await c.DenoiseAsync([1], 0, 1),
        "null to denoise" => await c.DenoiseAsync(null!, 0, 1),
        "no number to denoise" => await c.DenoiseAsync([.. c.X.Select(_ => double.PositiveInfinity)], 0, 1),
        "no level" => await c.DenoiseAsync(c.X, 0, 0),
        "endless level" => await c.DenoiseAsync(c.X, 0, double.PositiveInfinity),
        "short denoised" => await c.AfterStepAsync(c.X, 0, [1, 2]),
        "noise upwards" => c.NoiseBetween(1, 2),
        _ => throw new OperationCanceledException("by itself"),
    };

    private sealed class Gate : IGuideHook
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task GuideAsync(GuideContext c) => _open.Task;

        public void Open() => _open.TrySetResult();
    }
}
