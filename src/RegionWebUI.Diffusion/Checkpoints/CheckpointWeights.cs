using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Gives the runtime the places of a network's weights in the checkpoint's files.</summary>
internal sealed class CheckpointWeights(WeightSet weights) : IWeightSource
{
    /// <inheritdoc />
    public StoredWeight Find(string name)
    {
        if (weights.Find(name) is not { } weight)
        {
            throw new WeightException($"The weights '{weights.DisplayName}' lack the tensor '{name}'.");
        }

        var tensor = weight.Tensor;
        var dtype = tensor.DType switch
        {
            SafetensorsDType.F32 => StoredDType.Float32,
            SafetensorsDType.F16 => StoredDType.Float16,
            SafetensorsDType.BF16 => StoredDType.BFloat16,
            _ => throw new WeightException($"The tensor '{name}' of '{weights.DisplayName}' is {tensor.DType}; networks take F32, F16 and BF16."),
        };
        return new StoredWeight(weight.File.Path, dtype, tensor.Shape, tensor.Offset, tensor.ByteLength);
    }
}
