using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// AutoencoderKL.encode as a graph. Input: <c>image</c> [N, 3, H, W] in -1..1. Outputs: <c>mean</c> and <c>logvar</c> [N, L, H/8, W/8]
/// of the latent's distribution, before the scaling factor; the log-variance limited to -30..20 as diffusers does.
/// </summary>
internal static class VaeEncoder
{
    /// <summary>Writes the network for pictures of the given size in pixels.</summary>
    public static Graph.Graph Build(VaeConfig config, int batch, int height, int width)
    {
        var b = new GraphBuilder("vae-encoder");
        var vae = new Module(b, "");
        var encoder = vae.Part("encoder");
        var x = encoder.Conv("conv_in", b.Input("image", TensorType.Float(batch, 3, height, width)), config.BlockOutChannels[0]);
        for (var level = 0; level < config.BlockOutChannels.Length; level++)
        {
            var block = encoder.Part($"down_blocks.{level}");
            var channels = config.BlockOutChannels[level];
            for (var layer = 0; layer < config.LayersPerBlock; layer++)
            {
                x = ResnetBlock.Write(block.Part($"resnets.{layer}"), x, null, channels, config.NormGroups, VaeMidBlock.Epsilon);
            }

            if (level < config.BlockOutChannels.Length - 1)
            {
                var down = block.Part("downsamplers.0.conv");
                x = b.ConvolveDownPaddedAfter(x, down.Tensor("weight", channels, channels, 3, 3), down.Tensor("bias", channels));
            }
        }

        x = VaeMidBlock.Write(encoder.Part("mid_block"), x, config);
        x = b.Silu(encoder.GroupNorm("conv_norm_out", x, config.NormGroups, VaeMidBlock.Epsilon));
        x = encoder.Conv("conv_out", x, config.LatentChannels * 2);
        var moments = config.QuantConv ? vae.Conv("quant_conv", x, config.LatentChannels * 2, kernel: 1) : x;
        b.Output("mean", b.Slice(moments, 1, 0, config.LatentChannels));
        b.Output("logvar", b.Clip(b.Slice(moments, 1, config.LatentChannels, config.LatentChannels), -30, 20));
        return b.Build();
    }
}
