using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;
using RegionWebUI.Tests.Commands;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Api;

/// <summary>
/// The whole host with an extension that throws: real queue, catalog, gallery, engine and web application; only the networks are scripted.
/// </summary>
public sealed class HostileJobTests : IAsyncLifetime
{
    private const string Bad = """
        public class Options { [RunParameter("Where it throws")] public string At { get; set; } = ""; }

        public sealed class Entry : IExtension
        {
            public void Register(IRegistry r)
            {
                r.Parameters<Options>();
                r.Hooks(run =>
                {
                    var hook = new Thrower(run.Parameters<Options>().At);
                    hook.Pass("create");
                    return [hook];
                });
            }
        }

        public sealed class Thrower(string at)
            : IStartHook, IPlanHook, ICombineHook, IFuseHook, IGuideHook, IBlendHook, IImageHook
        {
            public void Pass(string here) { if (here == at) throw new InvalidOperationException("broken at " + here); }
            public async Task StartAsync(StartContext c) { await Task.Yield(); Pass("start"); }
            public void Plan(PlanContext c) => Pass("plan");
            public Latent Combine(CombineContext c, Func<Latent> next) { Pass("combine"); return next(); }
            public Latent Fuse(FuseContext c, Func<Latent> next) { Pass("fuse"); return next(); }
            public Task GuideAsync(GuideContext c) { Pass("guide"); return Task.CompletedTask; }
            public void Blend(BlendContext c) => Pass("blend");
            public async Task ImageAsync(ImageContext c) { await Task.Yield(); Pass("image"); }
        }
        """;

    private const string Good = """
        public sealed class Entry : IExtension { public void Register(IRegistry r) => r.Hooks(_ => [new Noting()]); }
        public sealed class Noting : IImageHook { public Task ImageAsync(ImageContext c) { c.Note("seen", "yes"); return Task.CompletedTask; } }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];
    private TaskCompletionSource<JobSnapshot> _ended = new();
    private PictureGallery _gallery = null!;
    private ModelSession _models = null!;
    private JobQueue _queue = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds =>
        [.. Enum.GetNames<HookKind>().Except([nameof(HookKind.Sample)]).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public async ValueTask InitializeAsync()
    {
        CompiledExtension.Put(_folder, "own", "bad", Bad);
        CompiledExtension.Put(_folder, "own", "good", Good);
        var data = DataFolder.Locate(_folder.File("data"), _ => null).Create();
        var catalog = new ExtensionCatalog(new ExtensionCatalogOptions
        {
            Roots = [new ExtensionRoot(_folder.File("own"), IsOwn: true)],
            SettingsFile = _folder.File("data", "extensions.json"),
            Warn = Warn,
        });
        _gallery = new PictureGallery(data, new PngPictureCodec(), TimeProvider.System, Warn);
        _models = new ModelSession(new ScriptedGraphEngineFactory(), "pocket", "cpu", TimeProvider.System);
        _queue = new JobQueue(_models, _gallery, new PngPictureCodec(), RequestValidator.Standard, catalog, TimeProvider.System, Warn);
        _queue.Changed += job =>
        {
            if (job.IsFinal)
            {
                _ended.TrySetResult(job);
            }
        };
        _app = WebHost.Build(new ServeOptions { Port = 0 }, FakeEngine.Info, _queue, _gallery, catalog, drawSeed: () => 7);
        await _app.StartAsync(Stop);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _queue.DisposeAsync();
        await _models.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Job_HookThrows_IsDoneAndNamesItAndThreeInARowSwitchItOff(string kind)
    {
        var (_, whole) = await RunAsync("nowhere");
        Assert.Empty(whole.HookFailures);
        Assert.Equal(["bad", "good"], whole.Hooks.Select(h => h.Extension).Distinct().Order());

        for (var i = 0; i < 3; i++)
        {
            var (shown, job) = await RunAsync(kind);
            var step = kind is "create" or "start" or "image" ? -1 : 0;
            Assert.Equal(("done", JobState.Done), (shown.GetProperty("state").GetString(), job.State));
            var failure = Assert.Single(job.HookFailures);
            var words = $"InvalidOperationException: broken at {kind}";
            Assert.Equal(("bad", "1.2.3", kind, step, words), (
                failure.Extension, failure.Version, JsonNamingPolicy.CamelCase.ConvertName(failure.Kind.ToString()), failure.Step, failure.Message));
            var told = Assert.Single(shown.GetProperty("hookFailures").EnumerateArray());
            Assert.Equal(
                ("bad", kind, words),
                (told.GetProperty("extension").GetString(), told.GetProperty("stage").GetString(), told.GetProperty("message").GetString()));
            Assert.All(shown.GetProperty("hooks").EnumerateArray(), h => Assert.Equal("good", h.GetProperty("extension").GetString()));
            Assert.Contains($"bad 1.2.3 left out ({kind}{(step < 0 ? "" : " at step 1")}: {words})", InfotextOf(job), StringComparison.Ordinal);
            Assert.Contains("ext/good/seen: yes", InfotextOf(job), StringComparison.Ordinal);
            Assert.Equal(PixelsOf(whole), PixelsOf(job));
        }

        var entries = await _client.GetFromJsonAsync<JsonElement>("/api/v1/extensions", Stop);
        var bad = entries.EnumerateArray().Single(e => e.GetProperty("id").GetString() == "bad");
        Assert.Equal("broken", bad.GetProperty("state").GetString());
        Assert.StartsWith("switched off after three failing runs in a row", bad.GetProperty("reason").GetString(), StringComparison.Ordinal);

        using var refused = await PostAsync(new { prompt = "a cat", extensions = new { bad = new { at = kind } } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var (_, after) = await RunAsync(null);
        Assert.Empty(after.HookFailures);
        Assert.Equal(["good"], after.Hooks.Select(h => h.Extension).Distinct());
        lock (_warnings)
        {
            // The log has each failure with its stack, then the end of it.
            Assert.Equal(4, _warnings.Count);
            Assert.All(_warnings.Take(3), w => Assert.Contains("at Thrower.Pass(", w, StringComparison.Ordinal));
            Assert.StartsWith("The extension 'bad' was switched off after three failing runs", _warnings[3], StringComparison.Ordinal);
        }
    }

    private async Task<(JsonElement Shown, JobSnapshot Job)> RunAsync(string? at)
    {
        _ended = new TaskCompletionSource<JobSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        var values = at is null ? [] : new Dictionary<string, object> { ["bad"] = new { at } };
        using var answer = await PostAsync(new { prompt = "a cat", steps = 2, width = 64, height = 64, extensions = values });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = await _ended.Task.WaitAsync(Stop);
        return (await _client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{job.Id}", Stop), job);
    }

    private Task<HttpResponseMessage> PostAsync(object body) => _client.PostAsJsonAsync("/api/v1/jobs", body, Stop);

    private string InfotextOf(JobSnapshot job) => _gallery.Entries.Single(e => e.Id == job.Pictures[0]).Infotext;

    private byte[] PixelsOf(JobSnapshot job) => PngFile.Decode(File.ReadAllBytes(_gallery.FindFile(job.Pictures[0])!)).Image.Rgb.ToArray();

    private void Warn(string warning)
    {
        lock (_warnings)
        {
            _warnings.Add(warning);
        }
    }
}
