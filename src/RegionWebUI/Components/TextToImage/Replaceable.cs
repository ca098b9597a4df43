using RegionWebUI.Diffusion;

namespace RegionWebUI.Components.TextToImage;

/// <summary>Work of which only the newest counts: starting another ends the one before. Used from the page's own thread.</summary>
internal sealed class Replaceable : IDisposable
{
    private CancellationTokenSource? _running;

    /// <summary>Whether some of it runs.</summary>
    internal bool IsBusy => _running is not null;

    /// <summary>Ends what runs and runs this; returns without a word when this is ended in turn.</summary>
    internal async Task RunAsync(Func<CancellationToken, Task> work)
    {
        Cancel();
        using var own = new CancellationTokenSource();
        _running = own;
        try
        {
            await work(own.Token);
        }
        catch (Exception error) when (own.IsCancellationRequested && error is OperationCanceledException or BadInputException)
        {
            // Another took its place, or the page is gone; what was wrong with it no longer matters.
        }
        finally
        {
            _running = _running == own ? null : _running;
        }
    }

    /// <summary>Ends what runs.</summary>
    internal void Cancel()
    {
        _running?.Cancel();
        _running = null;
    }

    /// <summary>Ends what runs.</summary>
    public void Dispose() => Cancel();
}
