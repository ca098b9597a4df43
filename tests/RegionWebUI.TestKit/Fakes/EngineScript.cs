using System.Collections.Concurrent;
using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.TestKit.Fakes;

/// <summary>
/// What a scripted engine does at its moments: loading, encoding, sampling, "step 1", "step 2", ..., decoding, "open" for the load by the
/// factory, and "warming". Each instruction counts for the next time the moment is passed.
/// </summary>
public sealed class EngineScript
{
    private readonly ConcurrentDictionary<string, Held> _held = new();
    private readonly ConcurrentDictionary<string, Exception> _errors = new();

    /// <summary>The load by the factory.</summary>
    public const string Open = "open";

    /// <summary>Getting ready ahead of the first run.</summary>
    public const string Warming = "warming";

    /// <summary>Steps after which a preview is shown.</summary>
    public HashSet<int> PreviewSteps { get; } = [];

    public static string Moment(GenerationPhase phase) => phase.ToString().ToLowerInvariant();

    public static string Moment(int step) => FormattableString.Invariant($"step {step}");

    /// <summary>Makes the next run wait at a moment until it is released or cancelled.</summary>
    /// <returns>Tells when a run waits there, and lets it go on.</returns>
    public Held HoldAt(string moment) => _held[moment] = new Held();

    /// <summary>Makes the next run fail at a moment.</summary>
    public void FailAt(string moment, Exception error) => _errors[moment] = error;

    internal async Task PassAsync(string moment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_held.TryRemove(moment, out var held))
        {
            await held.WaitAsync(cancellationToken);
        }

        if (_errors.TryRemove(moment, out var error))
        {
            throw error;
        }
    }

    /// <summary>A moment at which a run waits.</summary>
    public sealed class Held
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when a run waits here.</summary>
        public Task Reached => _reached.Task;

        /// <summary>Lets the run go on.</summary>
        public void Release() => _released.TrySetResult();

        internal Task WaitAsync(CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            return _released.Task.WaitAsync(cancellationToken);
        }
    }
}
