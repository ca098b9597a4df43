using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace RegionWebUI.Tests.Fakes;

/// <summary>The real application on a free loopback port, over the fake queue and gallery.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    internal const long DrawnSeed = 4711;

    internal FakeJobQueue Queue { get; } = new();

    internal FakeGallery Gallery { get; } = new();

    internal FakeCatalog Catalog { get; } = new();

    internal WebApplication App { get; private set; } = null!;

    internal Uri Address { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    internal ServeOptions Options { get; init; } = new() { Port = 0 };

    public async ValueTask InitializeAsync()
    {
        App = WebHost.Build(Options, FakeEngine.Info, Queue, Gallery, Catalog, drawSeed: () => DrawnSeed);
        await App.StartAsync(TestContext.Current.CancellationToken);
        var addresses = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Gallery.Dispose();
    }
}
