using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Tests.Fakes;

/// <summary>
/// The page over the fakes, to look at while working on it: run this project with <c>-explicit only -class *DevServer</c>; it ends
/// with the process. REGIONWEBUI_DEV_PORT names the port (default 7861).
/// </summary>
public sealed class DevServer
{
    [Fact(Explicit = true)]
    public async Task Serve_UntilKilled_ShowsThePage()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable("REGIONWEBUI_DEV_PORT") ?? "7861");
        var queue = new FakeJobQueue();
        using var gallery = new FakeGallery();
        for (var seed = 1; seed <= (Environment.GetEnvironmentVariable("REGIONWEBUI_DEV_EMPTY") is null ? 23 : 0); seed++)
        {
            var infotext = $"a thing number {seed}\nSteps: 20, Sampler: DDIM, Seed: {seed}, Size: 128x128";
            gallery.Add(new GeneratedPicture(PictureMaker.Draw(128, 128, seed, 1), seed, infotext));
        }

        await using var app = WebHost.Build(new ServeOptions { Port = port }, FakeEngine.Info, queue, gallery);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            FakeEngine.Advance(queue, gallery);
        }
    }
}
