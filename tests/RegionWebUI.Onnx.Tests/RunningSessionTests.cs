using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests;

/// <summary>
/// What may happen to a session while ONNX Runtime is inside one of its runs. The graph is a long chain that also returns its first link:
/// once that is written, the run is under way, and most of it is still to come.
/// </summary>
public class RunningSessionTests
{
    private const int Links = 100;
    private const int Width = 1 << 18;
    private const int Attempts = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_CancelledWhileOnnxRuntimeIsRunning_StopsThereAndTheNextRunWorks(int parts)
    {
        using var session = Load(parts);
        var stoppedMidRun = false;
        for (var attempt = 0; attempt < Attempts && !stoppedMidRun; attempt++)
        {
            using var cancellation = new CancellationTokenSource();
            var run = new Running(session, parts, cancellation.Token);
            run.WaitUntilUnderWay();
            await cancellation.CancelAsync();

            // A machine that was busy elsewhere may cancel after the end; such an attempt shows nothing.
            stoppedMidRun = await Record.ExceptionAsync(() => run.Task) switch
            {
                null => false,
                OperationCanceledException => run.Last.Contains(0),
                var other => throw new InvalidOperationException("The run was cancelled but failed otherwise.", other),
            };
        }

        Assert.True(stoppedMidRun, $"none of {Attempts} runs stopped before its end");
        var next = new Running(session, parts, CancellationToken.None);
        await next.Task;
        Assert.DoesNotContain(0, next.Last);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Dispose_WhileOnnxRuntimeIsRunning_WaitsForTheRun(int parts)
    {
        var disposedMidRun = false;
        for (var attempt = 0; attempt < Attempts && !disposedMidRun; attempt++)
        {
            var session = Load(parts);
            var run = new Running(session, parts, CancellationToken.None);
            run.WaitUntilUnderWay();
            disposedMidRun = run.Last.Contains(0);
            session.Dispose();

            Assert.DoesNotContain(0, run.Last);
            await run.Task;
            await Assert.ThrowsAsync<ObjectDisposedException>(() => new Running(session, parts, CancellationToken.None).Task);
        }

        Assert.True(disposedMidRun, $"none of {Attempts} sessions was disposed during its run");
    }

    private static IGraphSession Load(int parts)
    {
        var b = new GraphBuilder("chain");
        var link = b.Sin(b.Input("x", TensorType.Float(1, Width)));
        b.Output("first", link);
        for (var i = 1; i < Links; i++)
        {
            link = b.Sin(link);
        }

        b.Output("last", link);
        var runtime = new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = parts });
        return runtime.Load(b.Build(), new NoWeights(), parts);
    }

    /// <summary>A run on a thread of its own. No link of a chain of sines that starts at 1 is 0, so a 0 has not been written yet.</summary>
    private sealed class Running
    {
        private readonly float[] _first;

        public Running(IGraphSession session, int parts, CancellationToken cancellationToken)
        {
            var shape = new Shape(parts, Width);
            var x = HostTensor.Of(shape, [.. Enumerable.Repeat(1f, parts * Width)]);
            var (first, last) = (HostTensor.Empty(shape), HostTensor.Empty(shape));
            (_first, Last) = (first.Floats, last.Floats);
            Task = System.Threading.Tasks.Task.Factory.StartNew(
                () => session.Run(
                    new Dictionary<string, HostTensor> { ["x"] = x },
                    new Dictionary<string, HostTensor> { ["first"] = first, ["last"] = last },
                    cancellationToken),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        public Task Task { get; }

        public float[] Last { get; }

        /// <summary>Until a part has written its first link, or there is nothing left to wait for.</summary>
        public void WaitUntilUnderWay() => SpinWait.SpinUntil(
            () => Task.IsCompleted || Volatile.Read(ref _first[Width - 1]) != 0 || Volatile.Read(ref _first[^1]) != 0);
    }
}
