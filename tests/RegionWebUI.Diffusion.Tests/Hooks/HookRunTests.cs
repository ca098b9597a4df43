using Microsoft.Extensions.Time.Testing;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>Order, record, watch and cancellation of hooks in whole runs.</summary>
public class HookRunTests
{
    private static readonly GenerationRequest _request = new() { Prompt = "a cat", Seed = 7, Steps = 4, Width = 64, Height = 64 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_NoOpHooks_ChangeNoBitAndLeaveOnlyTheirName()
    {
        using var engine = Engine(TimeProvider.System);
        var plain = await engine.GenerateAsync(_request, null, Stop);
        var hooked = await engine.GenerateAsync(_request, [NoOp("idle")], null, Stop);
        var silent = await engine.GenerateAsync(_request, [new RunExtension("silent", "1.0.0", _ => [])], null, Stop);

        Assert.Equal(plain.Pictures[0].Picture.Rgb.ToArray(), hooked.Pictures[0].Picture.Rgb.ToArray());
        Assert.Contains("Extensions: idle 1.2.3, Version:", hooked.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.Equal(plain.Pictures[0].Infotext, silent.Pictures[0].Infotext);
        Assert.Empty(silent.Hooks.Calls);
    }

    [Fact]
    public async Task Generate_TwoWrappers_TheFirstIsTheOutermost()
    {
        var order = new List<string>();
        RunExtension Wrap(string id) => new(id, "1.0.0", _ => [Hook.Combine((_, next) =>
        {
            order.Add(id + " in");
            var eps = next();
            order.Add(id + " out");
            return eps;
        })]);
        using var engine = Engine(TimeProvider.System);

        var result = await engine.GenerateAsync(_request with { Steps = 1 }, [Wrap("a"), Wrap("b")], null, Stop);

        Assert.Equal(["a in", "b in", "b out", "a out"], order);
        Assert.Contains("Extensions: \"a 1.0.0, b 1.0.0\"", result.Pictures[0].Infotext, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_HookLog_CountsCallsAndTimeWithoutWhatIsWrapped()
    {
        var clock = new FakeTimeProvider();
        RunExtension Slow(string id, int ms) => new(id, "1.0.0", _ => [Hook.Fuse((_, next) =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(ms));
            return next();
        })]);
        using var engine = Engine(clock);

        var result = await engine.GenerateAsync(_request, [Slow("outer", 3), Slow("inner", 5)], null, Stop);

        var uses = result.Hooks.Summary();
        Assert.Equal(
            [("outer", HookKind.Fuse, 4, 12.0), ("inner", HookKind.Fuse, 4, 20.0)],
            uses.Where(u => u.Kind == HookKind.Fuse).OrderByDescending(u => u.Extension).Select(u => (u.Extension, u.Kind, u.Calls, u.Milliseconds)));
        Assert.Equal(5, uses.Single(u => u is { Extension: "inner", Kind: HookKind.Fuse }).LongestMilliseconds);
        Assert.Equal([0, 1, 2, 3], result.Hooks.Calls.Where(c => c is { Extension: "outer", Kind: HookKind.Fuse }).Select(c => c.Step));
    }

    [Fact]
    public async Task Generate_HookSilentForTenSeconds_IsShownUntilItEnds()
    {
        var clock = new FakeTimeProvider();
        var news = new NewsRecorder();
        using var engine = Engine(clock);
        var slow = new RunExtension("slow", "1.0.0", _ => [Hook.Start(c =>
        {
            clock.Advance(TimeSpan.FromSeconds(9));
            Assert.Empty(news.Texts);
            c.Report("step 1 of 2");
            clock.Advance(TimeSpan.FromSeconds(9));
            Assert.Equal(["step 1 of 2"], news.Texts);
            clock.Advance(TimeSpan.FromSeconds(2));
        })]);

        await engine.GenerateAsync(_request, [slow], news, Stop);

        Assert.Equal("step 1 of 2", news.Texts[0]);
        Assert.Equal("has been at work for 20 s without a word", news.Texts[1]);
        Assert.Equal("", news.Texts[^1]);
    }

    [Theory]
    [InlineData(HookKind.Start, -1)]
    [InlineData(HookKind.Combine, 2)]
    [InlineData(HookKind.Blend, 1)]
    [InlineData(HookKind.Image, -1)]
    public async Task Generate_CancelledInAHook_CallsNoOther(HookKind kind, int step)
    {
        using var cancel = new CancellationTokenSource();
        var after = 0;
        var first = new RunExtension("first", "1.0.0", _ => [new EveryHook((k, s) =>
        {
            if (k == kind && s == step)
            {
                cancel.Cancel();
            }

            return Task.CompletedTask;
        })]);
        var second = new RunExtension("second", "1.0.0", _ => [new EveryHook((_, _) =>
        {
            after += cancel.IsCancellationRequested ? 1 : 0;
            return Task.CompletedTask;
        })]);
        using var engine = Engine(TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.GenerateAsync(_request, [first, second], null, cancel.Token));

        Assert.Equal(0, after);
    }

    [Fact]
    public async Task Generate_ImageHook_ChangesNotesAndAttaches()
    {
        using var engine = Engine(TimeProvider.System);
        var extension = new RunExtension("invert", "1.0.0", _ => [new Invert()]) { Values = [new("strength", "1"), new("how", "a, b")] };
        var plain = await engine.GenerateAsync(_request, null, Stop);

        var result = await engine.GenerateAsync(_request, [extension], null, Stop);

        var picture = result.Pictures[0];
        Assert.Equal(plain.Pictures[0].Picture.Rgb.ToArray().Select(v => (byte)(255 - v)), picture.Picture.Rgb.ToArray());
        var (name, before) = Assert.Single(picture.Attachments);
        Assert.Equal("before", name);
        Assert.Equal(plain.Pictures[0].Picture.Rgb.ToArray(), before.Rgb.ToArray());
        var read = InfotextReader.Read(picture.Infotext);
        Assert.Equal("1", read.Find("ext/invert/strength"));
        Assert.Equal("a, b", read.Find("ext/invert/how"));
        Assert.Equal("0: 1", read.Find("ext/invert/lane"));
    }

    [Fact]
    public async Task Generate_StartHook_SeesTheRequestWithItsSizeAndAddsAHiddenLane()
    {
        using var engine = Engine(TimeProvider.System);
        IRun? seen = null;
        var extension = new RunExtension("lanes", "1.0.0", run =>
        {
            seen = run;
            return [Hook.Start(c =>
            {
                c.AddLane("source", 1, isPicture: false);
                c.AddLane("target", 2, isPicture: true);
            })];
        })
        { Parameters = () => new NewsRecorder() };

        var result = await engine.GenerateAsync(new GenerationRequest { Steps = 2, Seed = 5 }, [extension], null, Stop);

        Assert.Equal([5, 2], result.Pictures.Select(p => p.Seed));
        Assert.Equal((128, 16), (seen!.Request.Width!.Value, seen.LatentWidth));
        Assert.NotNull(seen.Parameters<NewsRecorder>());
        Assert.Throws<InvalidOperationException>(() => seen.Parameters<HookRunTests>());
    }

    private static GenerationEngine Engine(TimeProvider clock) => new(LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), clock);

    private static RunExtension NoOp(string id) => new(id, "1.2.3", _ => [new EveryHook((_, _) => Task.CompletedTask)]);

    private sealed class Invert : IImageHook
    {
        public Task ImageAsync(ImageContext c)
        {
            c.Attach("before", c.Picture);
            c.Note("lane", $"{c.Lane.Index}: {c.Picture.Width / 64}");
            c.Picture = new Image(c.Picture.Width, c.Picture.Height, c.Picture.Rgb.ToArray().Select(v => (byte)(255 - v)).ToArray());
            Assert.Throws<ArgumentException>(() => c.Note("a b", ""));
            Assert.Throws<ArgumentException>(() => c.Attach("../x", c.Picture));
            return Task.CompletedTask;
        }
    }

    private sealed class NewsRecorder : IGenerationObserver
    {
        public List<string> Texts { get; } = [];

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

        public void OnHook(HookNews news) => Texts.Add(news.Text);
    }
}
