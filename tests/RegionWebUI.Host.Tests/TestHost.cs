using Microsoft.Extensions.Time.Testing;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests;

/// <summary>A whole host on a scripted engine, in a folder of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestHost()
    {
        Data = DataFolder.Locate(_folder.File("data"), _ => null).Create();
        Gallery = new PictureGallery(Data, new PngPictureCodec(), Time, Warnings.Add);
        Models = new ModelSession(Factory, "models/one", "cpu", Time);
        Queue = new JobQueue(Models, Gallery, new PngPictureCodec(), RequestValidator.Standard, NoExtensions.Instance, Time, Warnings.Add);
        Queue.Changed += snapshot =>
        {
            lock (_events)
            {
                _events.Add(snapshot);
            }
        };
    }

    private readonly List<JobSnapshot> _events = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    public ScriptedEngineFactory Factory { get; } = new();

    public EngineScript Script => Factory.Script;

    public List<string> Warnings { get; } = [];

    public DataFolder Data { get; }

    public PictureGallery Gallery { get; }

    public ModelSession Models { get; }

    public JobQueue Queue { get; }

    /// <summary>Files below the data folder.</summary>
    public IEnumerable<string> Files => _folder.Files.Where(f => f.StartsWith("data/", StringComparison.Ordinal)).Select(f => f["data/".Length..]);

    public IReadOnlyList<JobSnapshot> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public static GenerationRequest Request(long seed = 1, int steps = 4) => new() { Prompt = "a cat", Seed = seed, Steps = steps };

    public async Task<JobSnapshot> RunAsync(GenerationRequest request) => await EndOf(Queue.Submit(request).Id);

    public async Task<JobSnapshot> EndOf(Guid id) => await Queue.WaitAsync(id, TestContext.Current.CancellationToken);

    public PictureGallery Reopen() => new(Data, new PngPictureCodec(), Time, Warnings.Add);

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await Models.DisposeAsync();
        _folder.Dispose();
    }
}
