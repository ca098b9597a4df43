using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The UNet of a loaded model, as the row batcher sees it.</summary>
internal sealed class ModelUNet(LoadedModel model) : IUNet
{
    /// <summary>On the CPU larger batches gain nothing, and two rows give every picture of a batch the bits it has alone.</summary>
    public const int RowsPerCall = 2;

    /// <inheritdoc />
    public PredictionType Prediction => model.Prediction;

    /// <inheritdoc />
    public int MaxRows => RowsPerCall;

    /// <inheritdoc />
    public void Predict(HostTensor sample, HostTensor timestep, HostTensor context, HostTensor prediction, CancellationToken cancellationToken)
    {
        var size = sample.Type.Shape;
        var inputs = new Dictionary<string, HostTensor> { ["sample"] = sample, ["timestep"] = timestep, ["encoder_hidden_states"] = context };
        var outputs = new Dictionary<string, HostTensor> { ["prediction"] = prediction };
        model.UseUNet(
            new UNetShape(size[0], size[2], size[3], context.Type.Shape[1]), session => session.Run(inputs, outputs, cancellationToken));
    }
}
