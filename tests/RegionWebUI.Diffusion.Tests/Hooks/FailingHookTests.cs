using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>A throwing extension costs the run a second start and nothing else.</summary>
public class FailingHookTests
{
    private const int Steps = 6;

    private static readonly GenerationRequest _request = new()
    {
        Prompt = "a cat",
        Seed = 7,
        Steps = Steps,
        Width = 64,
        Height = 64,
        Sampler = "Euler a",
    };

    public static TheoryData<string, int, bool> Places
    {
        get
        {
            var places = new TheoryData<string, int, bool>();
            foreach (var kind in Enum.GetValues<HookKind>().Where(k => k is not (HookKind.Create or HookKind.Sample)))
            {
                int[] steps = kind is HookKind.Start or HookKind.Image ? [-1] : [0, Steps / 2, Steps - 1];
                foreach (var step in steps)
                {
                    places.Add(kind.ToString(), step, false);
                    places.Add(kind.ToString(), step, true);
                }
            }

            return places;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Generate_HookThrows_ThePictureIsTheOneWithoutItAndNamesIt(string kindName, int step, bool isAsync)
    {
        var kind = Enum.Parse<HookKind>(kindName);
        using var engine = Engine();
        var without = await engine.GenerateAsync(_request, [Noting("good", [])], null, Stop);

        var seen = new List<(HookKind, int)>();
        var observer = new FailureRecorder();
        var result = await engine.GenerateAsync(_request, [Bad(kind, step, isAsync), Noting("good", seen)], observer, Stop);

        Assert.Equal(without.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        var failure = Assert.Single(result.Hooks.Failures);
        Assert.Equal(("bad", "2.0.1", kind, step), (failure.Extension, failure.Version, failure.Kind, failure.Step));
        Assert.Contains("broken on purpose", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure, Assert.Single(observer.Failures));
        Assert.Contains("bad 2.0.1 left out", result.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.Equal(["good 1.0.0"], result.Hooks.Extensions);

        // The other extension's hooks all ran in the run that counts.
        Assert.Equal(EveryCall, seen.TakeLast(EveryCall.Count));
        Assert.Equal(EveryCall, result.Hooks.Calls.Where(c => c.Kind != HookKind.Create).Select(c => (c.Kind, c.Step)));
        Assert.All(result.Hooks.Calls, c => Assert.Equal("good", c.Extension));
    }

    [Fact]
    public async Task Generate_RestartAfterAFailure_GivesTheOthersFreshParameters()
    {
        using var engine = Engine();
        var counts = new List<int>();
        var counting = new RunExtension("counting", "1.0.0", run => [Hook.Plan(c =>
        {
            var seen = run.Parameters<List<int>>();
            seen.Add(c.Step.Index);
            counts.Add(seen.Count);
        })])
        {
            Parameters = () => new List<int>(),
        };

        await engine.GenerateAsync(_request, [counting, Bad(HookKind.Blend, 3, isAsync: false)], null, Stop);

        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 5, 6], counts);
    }

    [Fact]
    public async Task Generate_TwoExtensionsThrow_EachIsLeftOutOnce()
    {
        using var engine = Engine();
        var without = await engine.GenerateAsync(_request, null, Stop);

        var second = Bad(HookKind.Image, -1, isAsync: true) with { Id = "worse" };
        var result = await engine.GenerateAsync(_request, [Bad(HookKind.Plan, 3, isAsync: false), second], null, Stop);

        Assert.Equal(without.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        Assert.Equal(["bad", "worse"], result.Hooks.Failures.Select(f => f.Extension));
    }

    public static TheoryData<string> Misdeeds =>
    [
        "create throws", "create gives null", "hook is null", "no task", "null latent", "wrong shape", "no numbers", "uncovered", "outside", "twice",
        "odd exception", "cancels itself",
    ];

    [Theory]
    [MemberData(nameof(Misdeeds))]
    public async Task Generate_HookMisbehaves_IsLeftOutByName(string misdeed)
    {
        using var engine = Engine();
        var without = await engine.GenerateAsync(_request, null, Stop);

        var result = await engine.GenerateAsync(_request, [new RunExtension("bad", "1.0.0", _ => Misbehave(misdeed))], null, Stop);

        Assert.Equal(without.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        if (misdeed == "create gives null")
        {
            Assert.Empty(result.Hooks.Failures);
            return;
        }

        var failure = Assert.Single(result.Hooks.Failures);
        Assert.Equal("bad", failure.Extension);
        Assert.InRange(failure.Message.Length, 1, 301);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Generate_OuterHookSwallowsAnInnersFailure_TheInnerIsStillLeftOut()
    {
        using var engine = Engine();
        var outer = new RunExtension("outer", "1.0.0", _ => [Hook.Fuse((_, next) =>
        {
            try
            {
                return next();
            }
            catch (Exception)
            {
                return new Latent(4, 8, 8, new float[256]);
            }
        })]);
        var result = await engine.GenerateAsync(_request, [outer, Bad(HookKind.Fuse, 2, isAsync: false)], null, Stop);

        Assert.Equal("bad", Assert.Single(result.Hooks.Failures).Extension);
        Assert.Equal(["outer 1.0.0"], result.Hooks.Extensions);
    }

    [Fact]
    public async Task Generate_DeviceFailsUnderAHook_IsTheDevicesFault()
    {
        var runtime = new ScriptedGraphRuntime
        {
            BeforeRun = (network, _) => _ = network == "vae-encoder" ? throw new RuntimeFailureException("The device was removed.") : 0,
        };
        using var engine = new GenerationEngine(LoadedModel.Open(Repository.PocketModel, runtime), TimeProvider.System);
        var hook = new RunExtension("innocent", "1.0.0", _ => [new Encoding()]);

        await Assert.ThrowsAsync<DeviceException>(() => engine.GenerateAsync(_request, [hook], null, Stop));
    }

    private static List<(HookKind, int)> EveryCall =>
    [
        (HookKind.Start, -1),
        .. Enumerable.Range(0, Steps).SelectMany(step => new[]
        {
            (HookKind.Plan, step), (HookKind.Combine, step), (HookKind.Fuse, step), (HookKind.Guide, step), (HookKind.Blend, step),
        }),
        (HookKind.Image, -1),
    ];

    private static GenerationEngine Engine() => new(LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), TimeProvider.System);

    private static RunExtension Noting(string id, List<(HookKind, int)> seen) => new(id, "1.0.0", _ => [new EveryHook((kind, step) =>
    {
        seen.Add((kind, step));
        return Task.CompletedTask;
    })]);

    private static RunExtension Bad(HookKind where, int when, bool isAsync) => new("bad", "2.0.1", _ => [new EveryHook(async (kind, step) =>
    {
        if (kind == where && step == when)
        {
            if (isAsync)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("broken on purpose");
        }
    })]);

    private static IEnumerable<IHook> Misbehave(string misdeed) => misdeed switch
    {
        "create throws" => throw new TypeInitializationException("Bad", null),
        "create gives null" => null!,
        "hook is null" => [null!],
        "no task" => [new NoTask()],
        "null latent" => [Hook.Fuse((_, _) => null!)],
        "wrong shape" => [Hook.Combine((_, _) => new Latent(4, 2, 2, new float[16]))],
        "no numbers" => [Hook.Fuse((_, next) => float.PositiveInfinity * next())],
        "uncovered" => [Hook.Plan(c => c.Rows[0] = c.Rows[0] with { Crop = new Box(0, 0, 4, 8) })],
        "outside" => [Hook.Plan(c => c.Rows[0] = c.Rows[0] with { Crop = new Box(4, 0, 8, 8) })],
        "twice" => [Hook.Plan(c => c.Rows.Add(c.Rows[0]))],
        "odd exception" => [Hook.Blend(_ => throw new OddException())],
        _ => [Hook.Guide(_ => throw new OperationCanceledException("by itself"))],
    };

    private sealed class NoTask : IGuideHook
    {
        public Task GuideAsync(GuideContext c) => null!;
    }

    private sealed class Encoding : IStartHook
    {
        public Task StartAsync(StartContext c) => c.Networks.EncodeAsync(new Imaging.Image(64, 64, new byte[64 * 64 * 3]));
    }

    private sealed class OddException : Exception
    {
        public override string Message => throw new InvalidOperationException("even this fails");

        public override string ToString() => throw new InvalidOperationException("and this");
    }

    private sealed class FailureRecorder : IGenerationObserver
    {
        public List<HookFailure> Failures { get; } = [];

        public bool WantsPreviews => false;

        public void OnPhase(GenerationPhase phase)
        {
        }

        public void OnStep(int step, int steps)
        {
        }

        public void OnPreview(Imaging.Image picture, int step)
        {
        }

        public void OnHookFailed(HookFailure failure) => Failures.Add(failure);
    }
}
