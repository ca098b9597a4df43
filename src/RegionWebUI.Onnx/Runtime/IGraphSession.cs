namespace RegionWebUI.Onnx.Runtime;

/// <summary>A graph loaded with its weights on a device. One run at a time; a second caller waits.</summary>
public interface IGraphSession : IDisposable
{
    /// <summary>Memory the session holds for weights, in bytes; what a cache budget counts.</summary>
    long WeightBytes { get; }

    /// <summary>
    /// Runs the graph. Tensors may hold several times the graph's own batch, all of them equally many: the graph then runs for each part,
    /// side by side where the device can.
    /// </summary>
    /// <param name="inputs">One tensor per graph input.</param>
    /// <param name="outputs">The wanted outputs, filled in place.</param>
    /// <param name="cancellationToken">Ends the run between two ops.</param>
    /// <exception cref="RuntimeFailureException">A tensor does not fit the graph, or the device failed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the outputs are undefined.</exception>
    void Run(IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken);
}
