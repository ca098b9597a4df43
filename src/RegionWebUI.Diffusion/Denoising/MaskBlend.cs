using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>
/// Masked image to image: after every step the latent outside the mask is the source's, noised to that step's level with one fixed noise;
/// in the picture the source's own pixels stand outside the mask.
/// </summary>
/// <param name="source">The picture, of the run's size.</param>
/// <param name="mask">Where it is edited, of the same size: 1 edits, 0 keeps.</param>
/// <param name="cells">The latent cells that are edited: 1 edits, 0 keeps.</param>
/// <param name="z0">The source as a clean latent, known when the run has begun.</param>
internal sealed class MaskBlend(Image source, Mask mask, Mask cells, Func<Latent> z0) : IStartHook, IBlendHook, IImageHook
{
    private readonly Dictionary<Lane, Latent> _noise = [];

    /// <inheritdoc/>
    public Task StartAsync(StartContext c)
    {
        foreach (var lane in c.Lanes)
        {
            _noise[lane] = c.Noise(lane);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Blend(BlendContext c)
    {
        // RDM Alg. 1 line 13: z_{t-1} = m z_{t-1} + (1 - m) q(z_{t-1} | z_0). Lanes that came later are none of the user's pictures.
        foreach (var (lane, noise) in _noise)
        {
            c.Set(lane, Latent.Select(cells, c.Z(lane), c.Noised(z0(), noise)));
        }
    }

    /// <inheritdoc/>
    public Task ImageAsync(ImageContext c)
    {
        if (_noise.ContainsKey(c.Lane))
        {
            c.Picture = Composite(c.Picture);
        }

        return Task.CompletedTask;
    }

    private Image Composite(Image edited)
    {
        var rgb = new byte[source.Rgb.Length];
        var inside = edited.Rgb.Span;
        var outside = source.Rgb.Span;
        var shares = mask.Values.Span;
        for (var i = 0; i < rgb.Length; i++)
        {
            double share = shares[i / 3];
            rgb[i] = (byte)Math.Round((share * inside[i]) + ((1 - share) * outside[i]));
        }

        return new Image(source.Width, source.Height, rgb);
    }
}
