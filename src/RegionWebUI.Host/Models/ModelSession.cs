using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Host.Models;

/// <summary>
/// The one loaded model. It is loaded when first needed, and anew after a failure; one user at a time has it, so that an engine is never
/// disposed under a run. A load cannot be stopped: cancelling gives up the wait, and the next user finds it further on.
/// </summary>
public sealed class ModelSession : IAsyncDisposable
{
    private readonly IEngineFactory _factory;
    private readonly string _folder;
    private readonly string _device;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _use = new(1, 1);
    private Task<IGenerationEngine>? _engine;
    private bool _disposed;

    /// <summary>Names the model; nothing is loaded yet.</summary>
    /// <param name="factory">Loads models.</param>
    /// <param name="modelFolder">Folder of the model.</param>
    /// <param name="device">Name of the device.</param>
    /// <param name="time">Measures loads.</param>
    public ModelSession(IEngineFactory factory, string modelFolder, string device, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(time);
        _factory = factory;
        _time = time;
        _folder = modelFolder;
        _device = device;
    }

    /// <summary>The model in memory, or null while there is none.</summary>
    public LoadedModel? Loaded { get; private set; }

    /// <summary>Loads the model now, so that the first run need not wait.</summary>
    /// <inheritdoc cref="UseAsync"/>
    public async Task<LoadedModel> PrepareAsync(CancellationToken cancellationToken) =>
        await UseAsync(_ => Task.FromResult(Loaded!), cancellationToken).ConfigureAwait(false);

    /// <summary>Runs some work on the model, loading it first where needed.</summary>
    /// <param name="work">The work; it has the engine to itself until it completes.</param>
    /// <param name="cancellationToken">Ends the wait for the engine or its load; the work watches it itself.</param>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="DeviceException">The device is not there or failed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<T> UseAsync<T>(Func<IGenerationEngine, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _use.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _engine ??= Task.Run(Load, CancellationToken.None);
            var engine = await _engine.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await work(engine).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (BadInputException or OperationCanceledException))
        {
            // After a failure nobody knows what state the sessions are in; the next run gets new ones.
            await DropAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _use.Release();
        }
    }

    /// <summary>Waits for the present user and disposes the engine. A load under way is left to finish and disposed then.</summary>
    public async ValueTask DisposeAsync()
    {
        await _use.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                var loading = _engine is { IsCompleted: false };
                var drop = DropAsync();
                if (!loading)
                {
                    await drop.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _use.Release();
        }
    }

    private IGenerationEngine Load()
    {
        var started = _time.GetTimestamp();
        var engine = _factory.Load(_folder, _device);
        Loaded = new LoadedModel(
            _folder, engine.ModelName, _device, engine.DeviceDescription, engine.NativeSize, _time.GetElapsedTime(started).TotalSeconds);
        return engine;
    }

    private async Task DropAsync()
    {
        var engine = _engine;
        _engine = null;
        if (engine is not null)
        {
            await Settled(engine).ConfigureAwait(false);
            Loaded = null;
            if (engine.IsCompletedSuccessfully)
            {
                (await engine.ConfigureAwait(false)).Dispose();
            }
        }
    }

    // Completes when the load ended, well or badly; whoever waits for the load itself sees its error.
    private static Task Settled(Task load) =>
        load.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
