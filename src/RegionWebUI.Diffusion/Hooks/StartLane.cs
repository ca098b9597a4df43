using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>A lane before the run begins.</summary>
internal sealed class StartLane
{
    /// <summary>Draws the lane's start noise from its seed.</summary>
    public StartLane(Lane lane, long seed, bool isPicture, LaneLayout layout, NoiseOptions options)
    {
        (Lane, Seed, IsPicture, VariationSeed) = (lane, seed, isPicture, options.VariationSeed);
        var noise = new ImageNoise(seed, layout.Channels, layout.Height, layout.Width, options);
        Noise = new Latent(layout.Channels, layout.Height, layout.Width, noise.First);
        Generator = noise;
    }

    public Lane Lane { get; }

    public long Seed { get; }

    public bool IsPicture { get; }

    /// <summary>Seed of the noise that is mixed in; null where none is.</summary>
    public long? VariationSeed { get; }

    /// <summary>Goes on after the start noise.</summary>
    public INoiseSource Generator { get; }

    public Latent Noise { get; }

    /// <summary>The state a hook set.</summary>
    public Latent? Z { get; set; }

    /// <summary>One draw of unit noise.</summary>
    public static Latent Draw(INoiseSource generator, int channels, int height, int width)
    {
        var draw = new float[channels * height * width];
        generator.Fill(draw);
        return new Latent(channels, height, width, draw);
    }
}
