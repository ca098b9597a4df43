using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>The middle of encoder and decoder: resnet, single-head attention over all cells, resnet.</summary>
internal static class VaeMidBlock
{
    /// <summary>Epsilon of every group norm of the VAE.</summary>
    public const float Epsilon = 1e-6f;

    /// <summary>Writes the block.</summary>
    public static Value Write(Module module, Value x, VaeConfig config)
    {
        x = ResnetBlock.Write(module.Part("resnets.0"), x, null, x.Shape[1], config.NormGroups, Epsilon);
        if (config.MidAttention)
        {
            x = Attend(module.Part("attentions.0"), x, config);
        }

        return ResnetBlock.Write(module.Part("resnets.1"), x, null, x.Shape[1], config.NormGroups, Epsilon);
    }

    private static Value Attend(Module module, Value x, VaeConfig config)
    {
        var channels = x.Shape[1];
        var tokens = module.ToTokens(module.GroupNorm("group_norm", x, config.NormGroups, Epsilon));
        var attended = module.Builder.Attend(
            module.Linear("to_q", tokens, channels), module.Linear("to_k", tokens, channels), module.Linear("to_v", tokens, channels), heads: 1);
        return module.Builder.Add(module.ToCells(module.Linear("to_out.0", attended, channels), x.Shape[2], x.Shape[3]), x);
    }
}
