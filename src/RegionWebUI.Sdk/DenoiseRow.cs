using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk;

/// <summary>One crop of one lane with one prompt in one model call. Rows of equal shape run as one UNet batch.</summary>
/// <param name="Id">Name of the row, unique in a model call.</param>
/// <param name="Lane">The lane that is cropped.</param>
/// <param name="Crop">The cells the row sees; a plain slice, snapped outward to the UNet's granularity before it runs.</param>
/// <param name="Positive">Conditioning of the prompt.</param>
/// <param name="Negative">Conditioning of the negative prompt; not run when <paramref name="CfgScale"/> is 1.</param>
/// <param name="CfgScale">Classifier-free guidance scale; 1 means the positive prompt alone.</param>
public sealed record DenoiseRow(string Id, Lane Lane, Box Crop, Conditioning Positive, Conditioning Negative, double CfgScale)
{
    /// <summary>
    /// Share of the row in the fusion, one value per cell of <see cref="Crop"/>; null means 1 everywhere. Cells that only snapping added
    /// have the share 0.
    /// </summary>
    public Mask? Weight { get; init; }

    /// <summary>Factor on <see cref="Weight"/>, 0 or more: how much the row counts beside the others of its lane.</summary>
    /// <value>The default is 1.</value>
    public double Share { get; init; } = 1;
}
