using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>A loss over a loaded model's networks, with its gradients.</summary>
/// <param name="model">Whose sessions it uses.</param>
/// <param name="key">What its session is kept under.</param>
/// <param name="plan">Value and gradients.</param>
/// <param name="wrt">Inputs whose gradients it gives.</param>
/// <param name="end">Ends with the run.</param>
internal sealed class Objective(LoadedModel model, string key, GradientPlan plan, IReadOnlyList<string> wrt, CancellationToken end) : IObjective
{
    /// <inheritdoc/>
    public Task<Evaluation> EvaluateAsync(
        IReadOnlyDictionary<string, ReadOnlyMemory<float>> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var fed = plan.Whole.Inputs.ToDictionary(input => input.Name, input => Tensor(input, inputs));
        if (inputs.Keys.FirstOrDefault(name => !fed.ContainsKey(name)) is { } unknown)
        {
            throw new ArgumentException($"The loss has no input '{unknown}'; it has {string.Join(", ", fed.Keys)}.", nameof(inputs));
        }

        return Task.Run(() => Evaluate(fed, cancellationToken), cancellationToken);
    }

    private Evaluation Evaluate(Dictionary<string, HostTensor> inputs, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, cancellationToken);
        var outputs = plan.Whole.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        Use(session => session.Run(inputs, outputs, either.Token));
        return new Evaluation(
            outputs[LossBuilder.Loss].Floats[0],
            wrt.ToDictionary(name => name, name => (ReadOnlyMemory<float>)outputs[Vjp.Of(name)].Floats));
    }

    private void Use(Action<IGraphSession> run)
    {
        if (plan.Blocks is { } blocks)
        {
            model.UseObjective(key, blocks, run);
        }
        else
        {
            model.UseObjective(key, () => plan.Whole, run);
        }
    }

    private static HostTensor Tensor(GraphInput input, IReadOnlyDictionary<string, ReadOnlyMemory<float>> values)
    {
        var shape = input.Value.Shape;
        if (!values.TryGetValue(input.Name, out var given))
        {
            throw new ArgumentException($"The loss wants the input '{input.Name}', {shape}, which is not given.", nameof(values));
        }

        return given.Length == shape.ElementCount
            ? HostTensor.Of(shape, given.ToArray())
            : throw new ArgumentException(
                $"The input '{input.Name}' is {shape}, {shape.ElementCount} values; {given.Length} are given.", nameof(values));
    }
}
