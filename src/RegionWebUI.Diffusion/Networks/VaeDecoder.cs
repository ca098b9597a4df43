using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// AutoencoderKL.decode as a graph. Input: <c>latent</c> [N, L, H, W], already divided by the scaling factor.
/// Output: <c>image</c> [N, 3, 8H, 8W], about -1..1.
/// </summary>
internal static class VaeDecoder
{
    /// <summary>Writes the network for a latent of the given size.</summary>
    public static Graph.Graph Build(VaeConfig config, int batch, int height, int width)
    {
        var b = new GraphBuilder("vae-decoder");
        b.Output("image", Write(new Module(b, ""), config, b.Input("latent", TensorType.Float(batch, config.LatentChannels, height, width))));
        return b.Build();
    }

    /// <summary>Writes the network into a graph.</summary>
    public static Value Write(Module vae, VaeConfig config, Value latent)
    {
        var (b, x) = (vae.Builder, latent);
        if (config.QuantConv)
        {
            x = vae.Conv("post_quant_conv", x, config.LatentChannels, kernel: 1);
        }

        var decoder = vae.Part("decoder");
        var levels = config.BlockOutChannels.Length;
        x = decoder.Conv("conv_in", x, config.BlockOutChannels[^1]);
        x = VaeMidBlock.Write(decoder.Part("mid_block"), x, config);
        b.EndBlock();
        for (var i = 0; i < levels; i++)
        {
            var block = decoder.Part($"up_blocks.{i}");
            var channels = config.BlockOutChannels[levels - 1 - i];
            for (var layer = 0; layer <= config.LayersPerBlock; layer++)
            {
                x = ResnetBlock.Write(block.Part($"resnets.{layer}"), x, null, channels, config.NormGroups, VaeMidBlock.Epsilon);
                b.EndBlock();
            }

            if (i < levels - 1)
            {
                x = block.Conv("upsamplers.0.conv", b.UpsampleNearest(x, x.Shape[2] * 2, x.Shape[3] * 2), channels);
                b.EndBlock();
            }
        }

        var last = b.Silu(decoder.GroupNorm("conv_norm_out", x, config.NormGroups, VaeMidBlock.Epsilon));
        var image = decoder.Conv("conv_out", last, 3);
        b.EndBlock();
        return image;
    }
}
