using RegionWebUI.Imaging;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>
/// Decodes x0 beside the sampler, at most twice a second and one at a time, so that a run is never held up by its preview.
/// A finished preview is handed over at the next step, in order.
/// </summary>
internal sealed class PreviewTaker(Func<double[], CancellationToken, Image> decode, TimeProvider clock, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private Task<(Image Picture, int Step)>? _decoding;
    private long? _started;

    /// <summary>Completes when no decode is under way, however it ended.</summary>
    public Task Idle => _decoding?.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default) ?? Task.CompletedTask;

    /// <summary>Hands over what is finished and begins the next one when it is time. After a preview that failed there is none any more:
    /// the run goes on, and its own decode will say what is wrong.</summary>
    /// <param name="x0">Predicted x0 of the first lane after <paramref name="step"/>; called only when a preview begins.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="deliver">Takes a finished preview.</param>
    public void AfterStep(Func<double[]> x0, int step, Action<Image, int> deliver)
    {
        if (_decoding is { IsCompleted: false } or { IsFaulted: true } or { IsCanceled: true })
        {
            return;
        }

        if (_decoding is { } finished)
        {
            deliver(finished.Result.Picture, finished.Result.Step);
            _decoding = null;
        }

        if (_started is { } last && clock.GetElapsedTime(last) < _interval)
        {
            return;
        }

        _started = clock.GetTimestamp();
        var latent = x0();
        _decoding = Task.Run(() => (decode(latent, _stop.Token), step), _stop.Token);
    }

    /// <summary>Stops a decode that is under way; its picture is of no use any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_decoding is { } decoding)
        {
            await ((Task)decoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }
}
