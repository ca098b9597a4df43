namespace RegionWebUI.Sdk.Objectives;

/// <summary>A loss that can be evaluated with its gradients. Compiled at its first evaluation; the sessions stay for the next run.</summary>
public interface IObjective
{
    /// <summary>The loss and its gradients.</summary>
    /// <param name="inputs">Values of all inputs of the loss, row-major.</param>
    /// <param name="cancellationToken">Ends the evaluation between two ops.</param>
    /// <exception cref="ArgumentException">An input is missing, unknown or of another length than its shape.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<Evaluation> EvaluateAsync(IReadOnlyDictionary<string, ReadOnlyMemory<float>> inputs, CancellationToken cancellationToken = default);
}
