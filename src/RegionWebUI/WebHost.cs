using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RegionWebUI.Api;
using RegionWebUI.Components;
using RegionWebUI.Components.Extensions;
using RegionWebUI.Components.Kit;
using RegionWebUI.Components.Pictures;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Styles;
using RegionWebUI.Security;

namespace RegionWebUI;

/// <summary>The web application: page, API and the rules of who may talk to it.</summary>
internal static class WebHost
{
    /// <summary>Largest request body where a route names no other, and largest message of a page to its circuit, in bytes.</summary>
    internal const int MaxRequestBytes = 1 << 20;

    /// <summary>How long open requests and pages may take to end when the program does.</summary>
    internal static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(2);

    private const int MaxConnections = 200;

    /// <summary>Builds the application; nothing listens before it is started.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="engine">What the page says and offers.</param>
    /// <param name="jobs">The queue that runs what is asked for.</param>
    /// <param name="gallery">The pictures that were kept.</param>
    /// <param name="extensions">The extensions that the page lists, sets and switches.</param>
    /// <param name="time">Clock of the page's updates; the system's when null.</param>
    /// <param name="drawSeed">Source of seeds for requests without one; the operating system's when null.</param>
    /// <param name="prompts">Reads prompts while they are typed; nothing does when null.</param>
    /// <param name="styles">The user's styles; none can be kept when null.</param>
    /// <exception cref="BadInputException">Host or port is not one that may be listened on.</exception>
    internal static WebApplication Build(
        ServeOptions options,
        EngineInfo engine,
        IJobQueue jobs,
        IGallery gallery,
        IExtensionCatalog extensions,
        TimeProvider? time = null,
        SeedSource? drawSeed = null,
        PromptReaderSource? prompts = null,
        IStyleShelf? styles = null)
    {
        var address = options.ParseAddress();

        // The empty builder reads no settings file, environment variable or argument: none of them can add an address to listen on.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, address, options.Port));
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        AddServices(builder.Services, options);
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton(jobs);
        builder.Services.AddSingleton(gallery);
        builder.Services.AddSingleton(extensions);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(drawSeed ?? SeedSources.System);
        builder.Services.AddSingleton(prompts ?? PromptReaderSource.None);
        builder.Services.AddSingleton(styles ?? NoStyles.Instance);

        var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = UnexpectedErrors.AnswerAsync });
        app.UseHostFiltering();
        app.UseMiddleware<SameOriginOnly>();
        app.UseWhen(IsForPeople, pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAntiforgery();
        MapEndpoints(app);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, IPAddress? address, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
        if (address is null && port != 0)
        {
            kestrel.ListenLocalhost(port);
        }
        else
        {
            kestrel.Listen(address ?? IPAddress.Loopback, port);
        }
    }

    private static void AddServices(IServiceCollection services, ServeOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        services.AddRouting();
        services.AddHostFiltering(filter => HostNames.Allow(filter, options.Host));

        // Keys live as long as the process: nothing is written outside the data folder, and a page of an earlier process loads itself anew.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true);
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxRequestBytes);
        KitServices.Add(services);
        services.AddScoped<Workbench>();
        services.AddScoped<InfoDesk>();
        services.AddScoped<IComponentActivator, GuardedActivator>();
    }

    /// <summary>Whether an answer without a body becomes a page; programs get the bare status.</summary>
    private static bool IsForPeople(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static void MapEndpoints(WebApplication app)
    {
        app.MapStaticAssets();
        app.MapGet("/healthz", () => TypedResults.Text("ok"));
        JobEndpoints.Map(app);
        PictureEndpoints.Map(app);
        PngInfoEndpoints.Map(app);
        ExtensionEndpoints.Map(app);
        StyleEndpoints.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // Our own header says frame-ancestors 'none'; on loopback compression costs more than it saves.
            server.ContentSecurityFrameAncestorsPolicy = null;
            server.DisableWebSocketCompression = true;
        });
    }
}
