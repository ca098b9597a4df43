using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using RegionWebUI.Components.Extensions;
using RegionWebUI.Components.Pictures;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Styles;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

/// <summary>The page's parts over fakes, on a clock that stands until the test moves it.</summary>
internal sealed class BenchContext : BunitContext
{
    internal const long DrawnSeed = 99;

    /// <param name="counts">Whether prompts are read while they are typed, which happens on another thread.</param>
    public BenchContext(bool counts = false)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<IJobQueue>(Queue);
        Services.AddSingleton<IGallery>(Gallery);
        Services.AddSingleton<IExtensionCatalog>(Catalog);
        Services.AddSingleton(FakeEngine.Info);
        Services.AddSingleton<IStyleShelf>(Styles);
        Services.AddScoped<InfoDesk>();
        Services.AddSingleton(new PromptReaderSource(counts ? () => Reader : null, _ => { }));
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<SeedSource>(() => DrawnSeed);
        Services.AddScoped<Workbench>();
        Services.AddScoped<IComponentActivator, GuardedActivator>();
    }

    internal FakeJobQueue Queue { get; } = new();

    internal FakeGallery Gallery { get; } = new();

    internal FakeCatalog Catalog { get; } = new();

    internal FakeStyles Styles { get; } = new();

    internal FakePromptReader Reader { get; } = new();

    internal FakeTimeProvider Time { get; } = new();

    internal Workbench Bench => Services.GetRequiredService<Workbench>();

    /// <summary>Lets the coalesced update happen.</summary>
    internal void Tick() => Time.Advance(Workbench.UpdateInterval);

    /// <summary>Runs the current job of the fake engine for some steps and shows them.</summary>
    internal void Advance(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            FakeEngine.Advance(Queue, Gallery);
        }

        Tick();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Gallery.Dispose();
        }
    }
}
