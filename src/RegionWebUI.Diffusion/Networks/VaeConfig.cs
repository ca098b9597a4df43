using System.Text.Json;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Configuration of an AutoencoderKL.</summary>
internal sealed record VaeConfig
{
    private const int MostLevels = 4;

    /// <summary>Channels of each level, finest first.</summary>
    public required int[] BlockOutChannels { get; init; }

    /// <summary>Resnets of each level of the encoder; one more in the decoder.</summary>
    public required int LayersPerBlock { get; init; }

    /// <summary>Channels of the latent.</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Groups of every group norm.</summary>
    public required int NormGroups { get; init; }

    /// <summary>The UNet's z is the VAE's latent times this.</summary>
    public required double ScalingFactor { get; init; }

    /// <summary>Whether a 1x1 convolution stands between latent and networks.</summary>
    public required bool QuantConv { get; init; }

    /// <summary>Whether the middle has an attention.</summary>
    public required bool MidAttention { get; init; }

    /// <summary>Pixels per latent cell and side.</summary>
    public int Factor => 1 << (BlockOutChannels.Length - 1);

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static VaeConfig Parse(JsonElement json)
    {
        var read = new ConfigReader("VAE", json);
        var channels = read.Ints("block_out_channels");
        read.Require(read.Texts("down_block_types").All(t => t == "DownEncoderBlock2D"), "down_block_types", "DownEncoderBlock2D");
        read.Require(read.Texts("up_block_types").All(t => t == "UpDecoderBlock2D"), "up_block_types", "UpDecoderBlock2D");
        read.Require(read.Text("act_fn", "silu") == "silu", "act_fn", "silu");
        read.Require(read.Int("in_channels", 3) == 3 && read.Int("out_channels", 3) == 3, "in_channels", "3");
        read.Require(channels.Length <= MostLevels, "block_out_channels", $"at most {MostLevels} levels, so that a latent cell is 8 pixels or fewer");
        var scaling = read.Number("scaling_factor", 0.18215);
        read.Require(scaling > 0, "scaling_factor", "a number above 0");
        return new VaeConfig
        {
            BlockOutChannels = channels,
            LayersPerBlock = read.Int("layers_per_block", 1),
            LatentChannels = read.Int("latent_channels", 4),
            NormGroups = read.Int("norm_num_groups", 32),
            ScalingFactor = scaling,
            QuantConv = read.Flag("use_quant_conv", true),
            MidAttention = read.Flag("mid_block_add_attention", true),
        };
    }
}
