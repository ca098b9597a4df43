using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// diffusers' UNet2DConditionModel as a graph. Inputs: <c>sample</c> [N, in, H, W], <c>timestep</c> [N],
/// <c>encoder_hidden_states</c> [N, tokens, D], and for SDXL <c>text_embeds</c> [N, P] and <c>time_ids</c> [N, 6].
/// Output: <c>prediction</c> [N, out, H, W].
/// </summary>
internal static class UNet2DCondition
{
    private const int TimeIds = 6;

    /// <summary>Writes the network for one set of sizes.</summary>
    public static Graph.Graph Build(UNetConfig config, UNetShape shape)
    {
        var b = new GraphBuilder("unet");
        var unet = new Module(b, "");
        var sample = b.Input("sample", TensorType.Float(shape.Batch, config.InChannels, shape.Height, shape.Width));
        var timestep = b.Input("timestep", TensorType.Float(shape.Batch));
        var context = b.Input("encoder_hidden_states", TensorType.Float(shape.Batch, shape.Tokens, config.CrossAttentionDim));
        b.Output("prediction", Write(unet, config, sample, timestep, context));
        return b.Build();
    }

    /// <summary>Writes the network into a graph.</summary>
    public static Value Write(Module unet, UNetConfig config, Value sample, Value timestep, Value context)
    {
        var b = unet.Builder;
        var blocks = new Blocks(config, b.Silu(Time(unet, config, timestep)), context);
        var x = unet.Conv("conv_in", sample, config.BlockOutChannels[0]);
        b.EndBlock();
        var skips = new Stack<Value>([x]);
        x = Down(unet, blocks, x, skips);
        x = Mid(unet.Part("mid_block"), blocks, x);
        x = Up(unet, blocks, x, skips);

        var last = b.Silu(unet.GroupNorm("conv_norm_out", x, config.NormGroups, config.NormEpsilon));
        var prediction = unet.Conv("conv_out", last, config.OutChannels);
        b.EndBlock();
        return prediction;
    }

    private static Value Time(Module unet, UNetConfig config, Value timestep)
    {
        var b = unet.Builder;
        var features = config.BlockOutChannels[0] * 4;
        var time = TimeEmbedding.Mlp(unet.Part("time_embedding"), TimeEmbedding.Sinusoid(b, timestep, config.BlockOutChannels[0], config), features);
        if (config.AdditionTimeDim == 0)
        {
            return time;
        }

        var batch = timestep.Shape[0];
        var pooled = b.Input("text_embeds", TensorType.Float(batch, config.AdditionInputDim - TimeIds * config.AdditionTimeDim));
        var ids = b.Reshape(b.Input("time_ids", TensorType.Float(batch, TimeIds)), batch * TimeIds);
        var sizes = b.Reshape(TimeEmbedding.Sinusoid(b, ids, config.AdditionTimeDim, config), batch, TimeIds * config.AdditionTimeDim);
        return b.Add(time, TimeEmbedding.Mlp(unet.Part("add_embedding"), b.Concat(1, pooled, sizes), features));
    }

    private static Value Down(Module unet, Blocks blocks, Value x, Stack<Value> skips)
    {
        var config = blocks.Config;
        for (var level = 0; level < config.BlockOutChannels.Length; level++)
        {
            var block = unet.Part($"down_blocks.{level}");
            for (var layer = 0; layer < config.LayersPerBlock; layer++)
            {
                x = blocks.Layer(block, layer, x, config.BlockOutChannels[level], config.Heads[level], config.DownDepth[level]);
                skips.Push(x);
            }

            if (level < config.BlockOutChannels.Length - 1)
            {
                x = block.Conv("downsamplers.0.conv", x, config.BlockOutChannels[level], stride: 2);
                unet.Builder.EndBlock();
                skips.Push(x);
            }
        }

        return x;
    }

    private static Value Mid(Module mid, Blocks blocks, Value x)
    {
        var config = blocks.Config;
        x = blocks.Layer(mid, 0, x, config.BlockOutChannels[^1], config.Heads[^1], config.MidDepth);
        return blocks.Layer(mid, 1, x, config.BlockOutChannels[^1], config.Heads[^1], depth: 0);
    }

    private static Value Up(Module unet, Blocks blocks, Value x, Stack<Value> skips)
    {
        var config = blocks.Config;
        var levels = config.BlockOutChannels.Length;
        for (var i = 0; i < levels; i++)
        {
            var block = unet.Part($"up_blocks.{i}");
            var level = levels - 1 - i;
            for (var layer = 0; layer <= config.LayersPerBlock; layer++)
            {
                var joined = unet.Builder.Concat(1, x, skips.Pop());
                x = blocks.Layer(block, layer, joined, config.BlockOutChannels[level], config.Heads[level], config.UpDepth[i]);
            }

            if (i < levels - 1)
            {
                // Odd sizes: the picture grows to the size of the skip it will meet, not to twice its own.
                var skip = skips.Peek().Shape;
                x = block.Conv("upsamplers.0.conv", unet.Builder.UpsampleNearest(x, skip[2], skip[3]), x.Shape[1]);
                unet.Builder.EndBlock();
            }
        }

        return x;
    }

    /// <summary>What every level shares: the configuration, the time embedding after SiLU, and the prompt.</summary>
    private sealed record Blocks(UNetConfig Config, Value Time, Value Context)
    {
        /// <summary>A resnet, and a transformer after it where the level has attention.</summary>
        public Value Layer(Module block, int index, Value x, int channels, int heads, int depth)
        {
            x = ResnetBlock.Write(block.Part($"resnets.{index}"), x, Time, channels, Config.NormGroups, Config.NormEpsilon);
            if (depth > 0)
            {
                x = SpatialTransformer.Write(block.Part($"attentions.{index}"), x, Context, heads, depth, Config.NormGroups);
            }

            block.Builder.EndBlock();
            return x;
        }
    }
}
