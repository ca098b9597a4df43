namespace RegionWebUI.Host.Jobs;

/// <summary>Steps per second over the last steps of a run.</summary>
/// <param name="time">Measures the steps.</param>
public sealed class StepRate(TimeProvider time)
{
    // Long enough to calm the number, short enough to follow a machine that slows down.
    private const int Window = 8;

    private readonly Queue<(int Step, long Timestamp)> _steps = new();

    /// <summary>Steps per second; 0 before two steps are done.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Notes that a step ended now.</summary>
    public void Add(int step)
    {
        var now = time.GetTimestamp();
        if (_steps.TryPeek(out var oldest))
        {
            var elapsed = time.GetElapsedTime(oldest.Timestamp, now).TotalSeconds;
            StepsPerSecond = elapsed > 0 ? (step - oldest.Step) / elapsed : StepsPerSecond;
        }

        _steps.Enqueue((step, now));
        if (_steps.Count > Window)
        {
            _steps.Dequeue();
        }
    }

    /// <summary>Time for so many more steps; null before two steps are done.</summary>
    public TimeSpan? For(int steps) => StepsPerSecond > 0 ? TimeSpan.FromSeconds(steps / StepsPerSecond) : null;
}
