using RegionWebUI.Graph;
using RegionWebUI.Imaging;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Picture to latent by the VAE encoder.</summary>
internal sealed class PictureEncoder(LoadedModel model)
{
    /// <summary>The mean of the posterior, in the UNet's scale.</summary>
    /// <exception cref="ArgumentException">A side of the picture is no multiple of a cell.</exception>
    public Latent Encode(Image picture, CancellationToken cancellationToken)
    {
        var factor = model.VaeConfig.Factor;
        if (picture.Width % factor != 0 || picture.Height % factor != 0)
        {
            throw new ArgumentException(
                $"A picture of {picture.Width} x {picture.Height} pixels is not cut into cells of {factor} x {factor}.", nameof(picture));
        }

        var (height, width) = (picture.Height / factor, picture.Width / factor);
        var pixels = ToPlanes(picture);
        var shape = new Shape(1, model.VaeConfig.LatentChannels, height, width);
        var (mean, logVariance) = (HostTensor.Empty(shape), HostTensor.Empty(shape));
        model.UseVaeEncoder(height, width, session => session.Run(
            new Dictionary<string, HostTensor> { ["image"] = pixels },
            new Dictionary<string, HostTensor> { ["mean"] = mean, ["logvar"] = logVariance },
            cancellationToken));
        var scale = model.VaeConfig.ScalingFactor;
        return new Latent(shape[1], height, width, Array.ConvertAll(mean.Floats, value => (float)(value * scale)));
    }

    private static HostTensor ToPlanes(Image picture)
    {
        var pixels = HostTensor.Empty(new Shape(1, 3, picture.Height, picture.Width));
        var plane = picture.Width * picture.Height;
        var rgb = picture.Rgb.Span;
        for (var i = 0; i < rgb.Length; i++)
        {
            pixels.Floats[(i % 3 * plane) + (i / 3)] = (rgb[i] / 127.5f) - 1;
        }

        return pixels;
    }
}
