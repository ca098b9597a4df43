namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// Turns a burst of signals into few calls: the first signal acts at once, later ones at most once per interval, and the last
/// one is never lost. Signals only set a flag and arm a timer, so whoever signals never waits for a page.
/// </summary>
internal sealed class Coalescer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Action _act;
    private readonly ITimer _timer;
    private long _lastAct;
    private bool _armed;
    private bool _disposed;

    /// <summary>Prepares; nothing runs before the first signal.</summary>
    internal Coalescer(TimeProvider time, TimeSpan interval, Action act)
    {
        _time = time;
        _interval = interval;
        _act = act;
        _lastAct = time.GetTimestamp() - (long)(interval.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says that something changed.</summary>
    internal void Signal()
    {
        lock (_gate)
        {
            if (_armed || _disposed)
            {
                return;
            }

            _armed = true;
            var wait = _interval - _time.GetElapsedTime(_lastAct);
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>No call starts after this.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Run()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            // Disarmed before acting: a signal during the act leads to another act.
            _armed = false;
            _lastAct = _time.GetTimestamp();
        }

        _act();
    }
}
