using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The UNet of a loaded model, as the row batcher sees it.</summary>
internal sealed class ModelUNet(LoadedModel model) : IUNet
{
    /// <summary>Rows that run side by side on the CPU; more gain nothing there.</summary>
    public const int SideBySide = 2;

    private const int LargestCall = 64;

    /// <inheritdoc />
    public PredictionType Prediction => model.Prediction;

    /// <inheritdoc />
    public int MaxRows => LargestCall;

    /// <inheritdoc />
    public int Granularity => 1 << (model.UNetConfig.BlockOutChannels.Length - 1);

    /// <inheritdoc />
    public void Predict(HostTensor sample, HostTensor timestep, HostTensor context, HostTensor prediction, CancellationToken cancellationToken)
    {
        var size = sample.Type.Shape;
        var inputs = new Dictionary<string, HostTensor> { ["sample"] = sample, ["timestep"] = timestep, ["encoder_hidden_states"] = context };
        var outputs = new Dictionary<string, HostTensor> { ["prediction"] = prediction };

        // One session serves every number of rows from two up.
        var shape = new UNetShape(Math.Min(size[0], SideBySide), size[2], size[3], context.Type.Shape[1]);
        model.UseUNet(shape, session => session.Run(inputs, outputs, cancellationToken));
        if (prediction.Floats.Any(value => !float.IsFinite(value)))
        {
            // Said here, before a hook hands the values on and is taken for their origin.
            throw new ModelException(
                $"The UNet of '{model.Name}' gave values that are no numbers: its weights are damaged, or an extension drove the latents out of "
                + "its range.");
        }
    }
}
