using System.Net;
using System.Net.Sockets;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary>Puts the host together, serves the page, and takes everything down again in order.</summary>
internal static class Server
{
    private static readonly TimeSpan _disposalTime = TimeSpan.FromSeconds(3);

    /// <summary>Serves until the token is cancelled or the process is told to end.</summary>
    /// <exception cref="BadInputException">The data folder is in use or the port is taken.</exception>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    public static async Task RunAsync(ProgramParts parts, ServeRequest request, CancellationToken cancellationToken)
    {
        CheckPort(request.Options);
        var place = DataFolder.Locate(request.DataDir, parts.Environment);
        var extensionOptions = parts.ExtensionsOf(place, request.Extensions, readOnly: false);
        var data = place.Create();
        using var heldLock = DataFolderLock.Take(data);
        var extensions = parts.OpenExtensions(extensionOptions);
        var folder = parts.Models(data).Resolve(request.Model);
        var gallery = new PictureGallery(data, parts.Codec, parts.Time, parts.Error.WriteLine);
        var models = new ModelSession(parts.Engines, folder, request.Device, parts.Time);
        var jobs = new JobQueue(models, gallery, parts.Codec, parts.Validator, extensions, parts.Time, parts.Error.WriteLine);
        var warming = Task.CompletedTask;
        try
        {
            var loaded = await models.PrepareAsync(cancellationToken);
            await using var app = WebHost.Build(
                request.Options,
                Describe(parts, loaded),
                jobs,
                gallery,
                extensions,
                parts.Time,
                parts.DrawSeed,
                PromptsOf(parts, loaded),
                parts.Styles(data));
            await StartAsync(app, request.Options, cancellationToken);
            Announce(parts, request, app, loaded, data);

            // On a thread of its own: building the sessions is long work, and the end of the program does not wait for it.
            warming = Task.Run(() => WarmAsync(models, parts, cancellationToken), CancellationToken.None);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            await jobs.DisposeAsync();
            await DisposeAsync(models, warming, parts);
        }
    }

    /// <summary>While the browser opens, the sessions of the first picture are built.</summary>
    private static async Task WarmAsync(ModelSession models, ProgramParts parts, CancellationToken cancellationToken)
    {
        try
        {
            await models.UseAsync(
                async engine =>
                {
                    await engine.WarmAsync(cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends before the first picture.
        }
        catch (Exception error)
        {
            // Serving goes on: the first job tries again, and if it fails it says so on the page.
            parts.Error.WriteLine(error is ModelException or DeviceException
                ? error.Message
                : $"The model could not be made ready ahead of the first picture ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')}).");
        }
    }

    // Said before a model is loaded for nothing; the start itself is guarded as well, for the moment between the two.
    private static void CheckPort(ServeOptions options)
    {
        using var probe = new TcpListener(options.ParseAddress() ?? IPAddress.Loopback, options.Port);
        try
        {
            probe.Start();
        }
        catch (SocketException refused)
        {
            throw CannotListen(options, refused);
        }
    }

    private static EngineInfo Describe(ProgramParts parts, LoadedModel loaded) => new()
    {
        ModelName = loaded.Name,
        Device = loaded.DeviceDescription,
        NativeSize = loaded.NativeSize,
        Parameters = new GenerationParameters(parts.Validator),
    };

    private static PromptReaderSource PromptsOf(ProgramParts parts, LoadedModel loaded) => new(
        parts.OpenPrompts is { } open ? () => open(loaded.Folder) : null, parts.Error.WriteLine);

    private static async Task StartAsync(WebApplication app, ServeOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (Causes(e).OfType<SocketException>().FirstOrDefault() is { } refused)
        {
            throw CannotListen(options, refused);
        }
    }

    private static BadInputException CannotListen(ServeOptions options, SocketException refused) => new(
        nameof(options.Port),
        refused.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"Port {options.Port} is in use by another program; choose another with --port, or 0 for a free one."
            : $"Nothing can listen on {options.Host} port {options.Port} ({refused.Message.TrimEnd('.')}).");

    private static IEnumerable<Exception> Causes(Exception error)
    {
        IEnumerable<Exception> inner = error switch
        {
            AggregateException several => several.InnerExceptions,
            { InnerException: { } one } => [one],
            _ => [],
        };
        return inner.SelectMany(Causes).Prepend(error);
    }

    private static void Announce(
        ProgramParts parts, ServeRequest request, WebApplication app, LoadedModel loaded, DataFolder data)
    {
        var address = new Uri(app.Urls.First());
        parts.Out.WriteLine($"RegionWebUI is at {address} (end it with Ctrl+C).");
        parts.Out.WriteLine($"Model {loaded.Name} on {loaded.DeviceDescription}; pictures are kept in {data.Pictures}.");
        if (request.OpenBrowser)
        {
            parts.OpenBrowser(address);
        }
    }

    private static async Task DisposeAsync(ModelSession models, Task warming, ProgramParts parts)
    {
        try
        {
            await Task.WhenAll(warming, models.DisposeAsync().AsTask()).WaitAsync(_disposalTime, parts.Time);
        }
        catch (TimeoutException)
        {
            parts.Error.WriteLine("The model is still busy and was left behind.");
        }
    }
}
