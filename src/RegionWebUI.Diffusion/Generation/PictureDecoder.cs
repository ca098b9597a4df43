using RegionWebUI.Graph;
using RegionWebUI.Imaging;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Latent to picture by the VAE decoder.</summary>
internal sealed class PictureDecoder(LoadedModel model)
{
    /// <summary>Decodes one latent.</summary>
    /// <param name="z">Values in the UNet's scale, row-major [L, height, width].</param>
    /// <param name="height">Rows of cells.</param>
    /// <param name="width">Columns of cells.</param>
    /// <param name="cancellationToken">Ends the decode between two ops.</param>
    /// <exception cref="ModelException">The picture has values that are no numbers: the weights are damaged or the model ran out of range.</exception>
    public Image Decode(ReadOnlySpan<double> z, int height, int width, CancellationToken cancellationToken)
    {
        var latent = HostTensor.Empty(new Shape(1, model.VaeConfig.LatentChannels, height, width));
        for (var i = 0; i < z.Length; i++)
        {
            latent.Floats[i] = (float)(z[i] / model.VaeConfig.ScalingFactor);
        }

        var factor = model.VaeConfig.Factor;
        var pixels = HostTensor.Empty(new Shape(1, 3, height * factor, width * factor));
        model.UseVaeDecoder(height, width, session => session.Run(
            new Dictionary<string, HostTensor> { ["latent"] = latent },
            new Dictionary<string, HostTensor> { ["image"] = pixels },
            cancellationToken));
        if (pixels.Floats.Any(value => !float.IsFinite(value)))
        {
            throw new ModelException($"The model '{model.Name}' gave values that are no numbers; its weights are damaged or do not fit its configuration.");
        }

        return ToImage(pixels.Floats, width * factor, height * factor);
    }

    private static Image ToImage(float[] planes, int width, int height)
    {
        var rgb = new byte[planes.Length];
        var plane = width * height;
        for (var pixel = 0; pixel < plane; pixel++)
        {
            for (var c = 0; c < 3; c++)
            {
                rgb[pixel * 3 + c] = (byte)MathF.Round((Math.Clamp(planes[c * plane + pixel], -1f, 1f) + 1) * 127.5f);
            }
        }

        return new Image(width, height, rgb);
    }
}
