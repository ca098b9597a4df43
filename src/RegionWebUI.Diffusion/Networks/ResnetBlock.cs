using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>diffusers' ResnetBlock2D: norm, SiLU, conv twice, the time embedding added between, a 1x1 shortcut where channels change.</summary>
internal static class ResnetBlock
{
    /// <summary>Writes the block.</summary>
    /// <param name="module">Where its weights lie.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="time">SiLU of the time embedding [N, T]; null in the VAE.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="groups">Groups of both norms.</param>
    /// <param name="epsilon">Epsilon of both norms.</param>
    public static Value Write(Module module, Value x, Value? time, int channels, int groups, float epsilon)
    {
        var b = module.Builder;
        var h = module.Conv("conv1", b.Silu(module.GroupNorm("norm1", x, groups, epsilon)), channels);
        if (time is not null)
        {
            var shift = module.Linear("time_emb_proj", time, channels);
            h = b.Add(h, b.Reshape(shift, shift.Shape[0], channels, 1, 1));
        }

        h = module.Conv("conv2", b.Silu(module.GroupNorm("norm2", h, groups, epsilon)), channels);
        return b.Add(x.Shape[1] == channels ? x : module.Conv("conv_shortcut", x, channels, kernel: 1), h);
    }
}
