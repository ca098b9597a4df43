using Microsoft.Extensions.Time.Testing;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>What extensions do wrong with what they are given: it is named as theirs, or it has no effect.</summary>
public class HookMisuseTests
{
    private static readonly GenerationRequest _request = new() { Prompt = "a cat", Seed = 7, Steps = 4, Width = 64, Height = 64 };

    private static readonly Latent _ones = new(4, 8, 8, Enumerable.Repeat(1f, 256).ToArray());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, HookKind, string> BadValues => new()
    {
        { "narrow prompt", HookKind.Plan, "the UNet takes 256" },
        { "short prompt", HookKind.Plan, "needs 19712 values, not 5" },
        { "changed prompt", HookKind.Plan, "needs 39424 values, not 19712" },
        { "changed latent", HookKind.Combine, "holds 100 values" },
        { "endless push", HookKind.Guide, "out of the range of numbers" },
        { "narrow prompt to predict", HookKind.Start, "the UNet takes 256" },
        { "two channels to predict", HookKind.Start, "2 channels" },
        { "no timestep", HookKind.Start, "timestep" },
        { "no scale", HookKind.Start, "CFG scale" },
        { "two channels to decode", HookKind.Start, "2 channels" },
        { "no numbers to decode", HookKind.Start, "no number" },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task Generate_HookGivesWhatTheNetworksCannotTake_IsItsOwnNamedFailure(string misdeed, HookKind kind, string said)
    {
        using var engine = new GenerationEngine(
            LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), TimeProvider.System);
        var without = await engine.GenerateAsync(_request, null, Stop);

        var result = await engine.GenerateAsync(_request, [new RunExtension("bad", "1.0.0", _ => [Misbehave(misdeed)])], null, Stop);

        Assert.Equal(without.Pictures[0].Picture.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
        var failure = Assert.Single(result.Hooks.Failures);
        Assert.Equal(("bad", kind), (failure.Extension, failure.Kind));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_UsedAfterItsCall_RefusesAndChangesNothing()
    {
        GuideContext? guide = null;
        BlendContext? blend = null;
        StartContext? start = null;
        IList<DenoiseRow>? rows = null;
        Func<Latent>? wrapped = null;
        var refused = 0;
        var plain = await new SeamRun().RunAsync();

        var misused = await new SeamRun().RunAsync(
            Hook.Start(c => start = c),
            Hook.Plan(c => rows = c.Rows),
            Hook.Combine((_, next) =>
            {
                rows!.Clear();
                Refuse(() => start!.Set(start.Lanes[0], _ones));
                Refuse(() => start!.AddLane("late", 1, false));
                Refuse(() => start!.FirstStep = 3);
                return next();
            }),
            Hook.Fuse((_, next) => (wrapped = next)()),
            Hook.Guide(c =>
            {
                Refuse(() => wrapped!());
                if (guide is not null)
                {
                    Refuse(() => guide.Push(c.Lanes[0], _ones));
                }

                guide = c;
            }),
            Hook.Blend(c =>
            {
                if (blend is not null)
                {
                    Refuse(() => blend.Set(c.Lanes[0], _ones));
                }

                Refuse(() => guide!.Push(c.Lanes[0], _ones));
                blend = c;
            }));

        Assert.Equal(plain[0].Data.ToArray(), misused[0].Data.ToArray());
        Assert.Equal((20 * 3) + 20 + 19 + 19 + 20, refused);

        void Refuse(Action act)
        {
            Assert.Throws<InvalidOperationException>(act);
            refused++;
        }
    }

    [Fact]
    public async Task Networks_UsedAfterTheRun_AreCancelled()
    {
        INetworks? kept = null;
        using var engine = Engine(TimeProvider.System);
        await engine.GenerateAsync(_request, [new RunExtension("keeps", "1.0.0", _ => [Hook.Start(c => kept = c.Networks)])], null, Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kept!.EncodeAsync("a dog"));
    }

    [Fact]
    public async Task Generate_HookThrowsBecauseTheRunWasCancelled_IsNotBlamed()
    {
        using var cancel = new CancellationTokenSource();
        var failures = new Recorder();
        using var engine = Engine(TimeProvider.System);
        var waiting = new RunExtension("waiting", "1.0.0", _ => [Hook.Start(c =>
        {
            cancel.Cancel();
            c.Networks.EncodeAsync("a dog").Wait(CancellationToken.None);
        })]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.GenerateAsync(_request, [waiting], failures, cancel.Token));

        Assert.Empty(failures.Failures);
    }

    [Fact]
    public async Task Generate_DeviceFailsUnderAHookThatWaits_IsTheDevicesFault()
    {
        var runtime = new ScriptedGraphRuntime
        {
            BeforeRun = (network, _) => _ = network == "vae-encoder" ? throw new RuntimeFailureException("The device was removed.") : 0,
        };
        using var engine = new GenerationEngine(LoadedModel.Open(Repository.PocketModel, runtime), TimeProvider.System);
        var hook = new RunExtension("innocent", "1.0.0", _ => [Hook.Start(c =>
            c.Networks.EncodeAsync(new Image(64, 64, new byte[64 * 64 * 3])).Wait(CancellationToken.None))]);

        var error = await Assert.ThrowsAsync<DeviceException>(() => engine.GenerateAsync(_request, [hook], null, Stop));

        Assert.Equal("The device was removed.", error.Message);
    }

    [Fact]
    public async Task Generate_UNetGivesNoNumbers_IsNotTheFaultOfAHookThatHandsThemOn()
    {
        var observer = new Recorder();
        using var engine = new GenerationEngine(
            LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime { Spoil = network => network == "unet" }), TimeProvider.System);
        var scaling = new RunExtension("scaling", "1.0.0", _ => [Hook.Combine((_, next) => 0.7 * next())]);

        await Assert.ThrowsAsync<ModelException>(() => engine.GenerateAsync(_request, [scaling], observer, Stop));

        Assert.Empty(observer.Failures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Generate_ObserverThrowsOnNews_EndsTheRunWithItsErrorAndBlamesNobody(bool isReported)
    {
        var clock = new FakeTimeProvider();
        var observer = new Recorder { OnNews = _ => throw new NotSupportedException("the observer") };
        Exception? escaped = null;
        using var engine = Engine(clock);
        var slow = new RunExtension("slow", "1.0.0", _ => [Hook.Plan(c =>
        {
            // Nobody is above the timer's thread: an exception there would end the process. Nor is an observer's error the hook's.
            escaped ??= Record.Exception(() =>
            {
                if (isReported)
                {
                    c.Report("working");
                }

                clock.Advance(TimeSpan.FromSeconds(12));
            });
        })]);

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => engine.GenerateAsync(_request, [slow], observer, Stop));

        Assert.Null(escaped);
        Assert.Equal("the observer", error.Message);
        Assert.Empty(observer.Failures);
    }

    [Fact]
    public async Task Report_AfterTheCall_IsNotTakenForTheHookAtWork()
    {
        GuideContext? kept = null;
        var news = new Recorder();
        using var engine = Engine(TimeProvider.System);
        var late = new RunExtension("late", "1.0.0", _ => [Hook.Guide(c => kept = c)]);
        var other = new RunExtension("other", "1.0.0", _ => [Hook.Blend(c =>
        {
            kept!.Report("late words");
            c.Report("in time\n" + new string('x', 5000));
        })]);

        await engine.GenerateAsync(_request with { Steps = 1 }, [late, other], news, Stop);

        Assert.Equal(["other", "other"], news.News.Select(n => n.Extension));
        Assert.StartsWith("in time xxx", news.News[0].Text, StringComparison.Ordinal);
        Assert.InRange(news.News[0].Text.Length, 100, 300);
    }

    [Fact]
    public async Task Generate_SilentWhileItMakesItsHooks_IsShown()
    {
        var clock = new FakeTimeProvider();
        var news = new Recorder();
        using var engine = Engine(clock);
        var slow = new RunExtension("slow", "1.0.0", _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(12));
            return [];
        });

        await engine.GenerateAsync(_request, [slow], news, Stop);

        Assert.Equal(("slow", HookKind.Create), (news.News[0].Extension, news.News[0].Kind));
    }

    [Fact]
    public async Task Note_KeysThatCannotBe_AreRefused()
    {
        var refused = 0;
        using var engine = Engine(TimeProvider.System);
        var noting = new RunExtension("noting", "1.0.0", _ => [new Act(c =>
        {
            foreach (var key in new[] { "strength", "line\n", "", "a b", new string('k', 65) })
            {
                Assert.Throws<ArgumentException>(() => c.Note(key, "9"));
                refused++;
            }

            Assert.Throws<ArgumentException>(() => c.Attach("mask\n", c.Picture));
            c.Note("score", "1");
        })])
        { Values = [new("strength", "0.5")] };

        var result = await engine.GenerateAsync(_request, [noting], null, Stop);

        Assert.Equal(5, refused);
        var read = InfotextReader.Read(result.Pictures[0].Infotext);
        Assert.Equal(("0.5", "1"), (read.Find("ext/noting/strength"), read.Find("ext/noting/score")));
    }

    [Fact]
    public async Task Attach_NamesThatAreTaken_GetTheNextFreeNumber()
    {
        using var engine = Engine(TimeProvider.System);
        var attaching = new RunExtension("attaching", "1.0.0", _ => [new Act(c =>
        {
            foreach (var name in new[] { "mask-2", "mask", "mask", "Mask", "map-of-x", "map" })
            {
                c.Attach(name, c.Picture);
            }
        })]);

        var result = await engine.GenerateAsync(_request, [attaching], null, Stop);

        Assert.Equal(["mask-2", "mask", "mask-3", "Mask-4", "map-of-x", "map"], result.Pictures[0].Attachments.Select(a => a.Key));
    }

    [Fact]
    public async Task Curve_NamesAndValues_AreCheckedCopiedAndKept()
    {
        using var engine = Engine(TimeProvider.System);
        var refused = new List<string>();
        var giving = new RunExtension("giving", "1.0.0", _ => [new Act(c =>
        {
            double[] values = [3, -1e308, 1e308];
            c.Curve("loss", values);
            values[0] = 7;
            c.Curve("Loss", [1]);
            c.Curve("long", new double[Curve.MostValues]);
            void Refuse(string name, params double[] numbers) => refused.Add(Assert.Throws<ArgumentException>(() => c.Curve(name, numbers)).Message);
            Refuse("../loss", 1);
            Refuse("none");
            Refuse("many", new double[Curve.MostValues + 1]);
            Refuse("nan", 1, double.NaN);
            Refuse("endless", double.PositiveInfinity);
            for (var i = 3; i < 16; i++)
            {
                c.Curve("more", [i]);
            }

            Refuse("seventeenth", 1);
        })]);

        var result = await engine.GenerateAsync(_request, [giving], null, Stop);

        var curves = result.Pictures[0].Curves;
        Assert.Equal(6, refused.Count);
        Assert.Contains("Value 1 of the curve 'nan'", refused[3], StringComparison.Ordinal);
        Assert.Equal(["loss", "Loss-2", "long", "more", "more-2"], curves.Take(5).Select(c => c.Name));
        Assert.Equal([3, -1e308, 1e308], curves[0].Values);
        Assert.Equal(16, curves.Count);
        Assert.Empty(result.Hooks.Failures);
    }

    private static GenerationEngine Engine(TimeProvider clock) => new(LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), clock);

    private static Conditioning Prompt(int width, int chunks = 1) =>
        new(chunks, width, new float[chunks * Conditioning.TokensPerChunk * width]);

    private static IHook Misbehave(string misdeed) => misdeed switch
    {
        "narrow prompt" => Hook.Plan(c => c.Rows[0] = c.Rows[0] with { Positive = Prompt(255), Negative = Prompt(255) }),
        "short prompt" => Hook.Plan(c => c.Rows[0] = c.Rows[0] with { Positive = new Conditioning(1, 256, new float[5]) }),
        "changed prompt" => Hook.Plan(c => c.Rows[0] = c.Rows[0] with { Positive = Prompt(256) with { Chunks = 2 } }),
        "changed latent" => Hook.Combine((_, _) => new Latent(4, 5, 5, new float[100]) with { Height = 8, Width = 8 }),
        "endless push" => Hook.Guide(c => c.Push(c.Lanes[0], 1e38 * _ones)),
        "narrow prompt to predict" => Predict(Prompt(255), 4, 1, 500),
        "two channels to predict" => Predict(Prompt(256), 2, 1, 500),
        "no timestep" => Predict(Prompt(256), 4, 1, 1001),
        "no scale" => Predict(Prompt(256), 4, double.NaN, 500),
        "two channels to decode" => Decode(new Latent(2, 8, 8, new float[128])),
        _ => Decode(float.NaN * _ones),
    };

    private static StartWork Predict(Conditioning prompt, int channels, double scale, double t) => new(c => c.Networks.PredictAsync(
        new DenoiseRow("row", c.Lanes[0], c.Frame, prompt, prompt, scale), new Latent(channels, 8, 8, new float[channels * 64]), t));

    private static StartWork Decode(Latent z) => new(c => c.Networks.DecodeAsync(z));

    private sealed class StartWork(Func<StartContext, Task> work) : IStartHook
    {
        public Task StartAsync(StartContext c) => work(c);
    }

    private sealed class Act(Action<ImageContext> act) : IImageHook
    {
        public Task ImageAsync(ImageContext c)
        {
            act(c);
            return Task.CompletedTask;
        }
    }

    private sealed class Recorder : IGenerationObserver
    {
        public List<HookNews> News { get; } = [];

        public List<HookFailure> Failures { get; } = [];

        public Action<HookNews> OnNews { get; init; } = _ => { };

        public bool WantsPreviews => false;

        public void OnPhase(GenerationPhase phase)
        {
        }

        public void OnStep(int step, int steps)
        {
        }

        public void OnPreview(Image picture, int step)
        {
        }

        public void OnHook(HookNews news)
        {
            News.Add(news);
            OnNews(news);
        }

        public void OnHookFailed(HookFailure failure) => Failures.Add(failure);
    }
}
