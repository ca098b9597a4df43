using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests;

/// <summary>For graphs that have none.</summary>
internal sealed class NoWeights : IWeightSource
{
    public StoredWeight Find(string name) => throw new WeightException($"There is no weight '{name}'.");
}
