using RegionWebUI.Imaging;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>
/// Decodes x0 beside the sampler, at most twice a second and one at a time, so that a run is never held up by its preview.
/// A finished preview is handed over at the next step, in order.
/// </summary>
internal sealed class PreviewTaker(Func<double[], CancellationToken, Image> decode, TimeProvider clock, CancellationToken cancellationToken)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);

    private Task<(Image Picture, int Step)>? _decoding;
    private long? _started;

    /// <summary>Hands over what is finished and begins the next one when it is time.</summary>
    /// <param name="x0">Predicted x0 of the first lane after <paramref name="step"/>; called only when a preview begins.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="deliver">Takes a finished preview.</param>
    public void AfterStep(Func<double[]> x0, int step, Action<Image, int> deliver)
    {
        if (_decoding is { IsCompletedSuccessfully: true } finished)
        {
            deliver(finished.Result.Picture, finished.Result.Step);
        }

        if (_decoding is { IsCompleted: false } || (_started is { } last && clock.GetElapsedTime(last) < _interval))
        {
            _decoding = _decoding is { IsCompleted: false } ? _decoding : null;
            return;
        }

        _started = clock.GetTimestamp();
        var latent = x0();
        _decoding = Task.Run(() => (decode(latent, cancellationToken), step), cancellationToken);
    }

    /// <summary>Waits for a decode that is under way; its picture is of no use any more.</summary>
    public async Task StopAsync()
    {
        if (_decoding is { } decoding)
        {
            await ((Task)decoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
