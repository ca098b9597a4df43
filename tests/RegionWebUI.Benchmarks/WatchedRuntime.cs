using System.Diagnostics;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Benchmarks;

/// <summary>A runtime whose time and memory are watched.</summary>
internal sealed class WatchedRuntime(IGraphRuntime runtime) : IGraphRuntime
{
    public Device Device => runtime.Device;

    /// <summary>Seconds of all loads.</summary>
    public double LoadSeconds { get; private set; }

    /// <summary>Seconds of all runs.</summary>
    public double RunSeconds { get; private set; }

    /// <summary>The most memory that one run took beyond what was held before it, in bytes.</summary>
    public long Values { get; private set; }

    /// <summary>What the greatest of the loaded graphs should take by <see cref="ActivationMemory"/>.</summary>
    public long Estimate { get; private set; }

    /// <summary>The most memory that the process held, in bytes.</summary>
    public long Peak { get; private set; }

    public IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide = 1, bool keepsMemory = true)
    {
        var started = Stopwatch.GetTimestamp();
        var session = runtime.Load(graph, weights, sideBySide, keepsMemory);
        LoadSeconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        Estimate = Math.Max(Estimate, ActivationMemory.Peak(graph));
        return new Session(this, session);
    }

    private sealed class Session(WatchedRuntime owner, IGraphSession session) : IGraphSession
    {
        public long WeightBytes => session.WeightBytes;

        public void Run(
            IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
        {
            owner.Peak = Math.Max(owner.Peak, ResidentMemory.Peak);
            ResidentMemory.ForgetPeak();
            var before = ResidentMemory.Now;
            var started = Stopwatch.GetTimestamp();
            session.Run(inputs, outputs, cancellationToken);
            owner.RunSeconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            owner.Values = Math.Max(owner.Values, ResidentMemory.Peak - before);
            owner.Peak = Math.Max(owner.Peak, ResidentMemory.Peak);
        }

        public void Dispose() => session.Dispose();
    }
}
