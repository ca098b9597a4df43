using System.Text.Json;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Configuration of a UNet2DConditionModel (SD1, SD2, SDXL, inpainting and pocket layouts), one entry per resolution level.</summary>
internal sealed record UNetConfig
{
    /// <summary>Channels of the sample: 4, or 9 for inpainting models.</summary>
    public required int InChannels { get; init; }

    /// <summary>Channels of the prediction.</summary>
    public required int OutChannels { get; init; }

    /// <summary>Channels of each level.</summary>
    public required int[] BlockOutChannels { get; init; }

    /// <summary>Transformer blocks of each attention of a level; 0 where the level has none.</summary>
    public required int[] DownDepth { get; init; }

    /// <summary>The same on the way up, from the coarsest level to the finest.</summary>
    public required int[] UpDepth { get; init; }

    /// <summary>Transformer blocks of the middle.</summary>
    public required int MidDepth { get; init; }

    /// <summary>Heads of each level. The public configs call this attention_head_dim, the field's historic name.</summary>
    public required int[] Heads { get; init; }

    /// <summary>Resnets of each level on the way down; one more on the way up.</summary>
    public required int LayersPerBlock { get; init; }

    /// <summary>Width of the prompt embedding.</summary>
    public required int CrossAttentionDim { get; init; }

    /// <summary>Groups of every group norm.</summary>
    public required int NormGroups { get; init; }

    /// <summary>Epsilon of the resnets' group norms.</summary>
    public required float NormEpsilon { get; init; }

    /// <summary>Frequency shift of the time embedding.</summary>
    public required double FreqShift { get; init; }

    /// <summary>Whether the cosines come before the sines in the time embedding.</summary>
    public required bool FlipSinToCos { get; init; }

    /// <summary>Width of each embedded size or crop number of SDXL; 0 when the model takes none.</summary>
    public required int AdditionTimeDim { get; init; }

    /// <summary>Width of pooled text plus embedded sizes of SDXL; 0 when the model takes none.</summary>
    public required int AdditionInputDim { get; init; }

    /// <summary>Latent cells of a side the model was trained at.</summary>
    public required int SampleSize { get; init; }

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static UNetConfig Parse(JsonElement json)
    {
        var read = new ConfigReader("UNet", json);
        var channels = read.Ints("block_out_channels");
        var down = read.Texts("down_block_types");
        var up = read.Texts("up_block_types");
        read.Require(
            down.Length == channels.Length && down.All(t => t is "CrossAttnDownBlock2D" or "DownBlock2D"),
            "down_block_types",
            "one CrossAttnDownBlock2D or DownBlock2D per level");
        read.Require(
            up.Length == channels.Length && up.All(t => t is "CrossAttnUpBlock2D" or "UpBlock2D"),
            "up_block_types",
            "one CrossAttnUpBlock2D or UpBlock2D per level");
        read.Require(read.Text("act_fn", "silu") == "silu", "act_fn", "silu");
        read.Require(read.Text("resnet_time_scale_shift", "default") == "default", "resnet_time_scale_shift", "default");
        read.Require(
            read.Text("mid_block_type", "UNetMidBlock2DCrossAttn") == "UNetMidBlock2DCrossAttn",
            "mid_block_type",
            "UNetMidBlock2DCrossAttn");
        read.Require(!read.Flag("dual_cross_attention", false) && !read.Flag("center_input_sample", false), "dual_cross_attention", "false");
        read.Require(read.Text("class_embed_type", "") == "", "class_embed_type", "null");
        foreach (var other in (string[])["time_cond_proj_dim", "num_class_embeds", "encoder_hid_dim_type", "encoder_hid_dim"])
        {
            read.Require(read.IsAbsent(other), other, "null");
        }

        read.Require(!read.Flag("only_cross_attention", false), "only_cross_attention", "false");
        read.Require(read.Text("time_embedding_type", "positional") == "positional", "time_embedding_type", "positional");
        var addition = read.Text("addition_embed_type", "");
        read.Require(addition is "" or "text_time", "addition_embed_type", "null or text_time");
        var depth = read.PerLevel("transformer_layers_per_block", channels.Length, 1);
        var heads = read.PerLevel("attention_head_dim", channels.Length, 8);
        return new UNetConfig
        {
            InChannels = read.Int("in_channels", 4),
            OutChannels = read.Int("out_channels", 4),
            BlockOutChannels = channels,
            DownDepth = [.. depth.Select((d, level) => down[level] == "CrossAttnDownBlock2D" ? d : 0)],
            UpDepth = [.. depth.Reverse().Select((d, level) => up[level] == "CrossAttnUpBlock2D" ? d : 0)],
            MidDepth = depth[^1],
            Heads = heads,
            LayersPerBlock = read.Int("layers_per_block", 2),
            CrossAttentionDim = read.Int("cross_attention_dim"),
            NormGroups = read.Int("norm_num_groups", 32),
            NormEpsilon = (float)read.Number("norm_eps", 1e-5),
            FreqShift = read.Number("freq_shift", 0),
            FlipSinToCos = read.Flag("flip_sin_to_cos", true),
            AdditionTimeDim = addition == "" ? 0 : read.Int("addition_time_embed_dim"),
            AdditionInputDim = addition == "" ? 0 : read.Int("projection_class_embeddings_input_dim"),
            SampleSize = read.Int("sample_size", 64),
        };
    }
}
