using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>The weights of several networks that one graph holds: <c>part.name</c> is the weight <c>name</c> of a part.</summary>
/// <param name="parts">Weights by part.</param>
internal sealed class PartedWeights(IReadOnlyDictionary<string, WeightSet> parts) : IWeightSource
{
    /// <inheritdoc/>
    public StoredWeight Find(string name)
    {
        var at = name.IndexOf('.', StringComparison.Ordinal);
        return at > 0 && parts.TryGetValue(name[..at], out var weights)
            ? new CheckpointWeights(weights).Find(name[(at + 1)..])
            : throw new WeightException($"The weight '{name}' belongs to no network of this model.");
    }
}
