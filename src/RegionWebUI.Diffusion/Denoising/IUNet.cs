using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>The UNet of a loaded model, one session per shape.</summary>
internal interface IUNet
{
    /// <summary>What the network predicts.</summary>
    PredictionType Prediction { get; }

    /// <summary>Model rows that go into one call at most, 2 or more; a guided row is two.</summary>
    int MaxRows { get; }

    /// <summary>Cells that become one at the coarsest level: 2 to the number of down-samplings.</summary>
    int Granularity { get; }

    /// <summary>Runs the network. A row's prediction does not depend on the other rows of the call.</summary>
    /// <param name="sample">z of each row [N, 4, H, W].</param>
    /// <param name="timestep">t of each row [N].</param>
    /// <param name="context">Conditioning of each row [N, tokens, D].</param>
    /// <param name="prediction">Filled with the prediction of each row [N, 4, H, W].</param>
    /// <param name="cancellationToken">Ends the call between two ops.</param>
    /// <exception cref="ModelException">A predicted value is no number.</exception>
    void Predict(HostTensor sample, HostTensor timestep, HostTensor context, HostTensor prediction, CancellationToken cancellationToken);
}
