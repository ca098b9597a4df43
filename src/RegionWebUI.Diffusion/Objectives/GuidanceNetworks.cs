using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>The networks of a model's folder that steer: <c>clip</c> (or the CLIP inside <c>clipseg</c>), <c>clipseg</c>, <c>lpips</c>.</summary>
internal sealed class GuidanceNetworks
{
    private GuidanceNetworks()
    {
    }

    /// <summary>CLIP's halves and where they lie; null where there is none.</summary>
    public ClipParts? Clip { get; private init; }

    /// <summary>CLIPSeg; null where there is none.</summary>
    public (ClipSegConfig Config, PixelScaling Scaling)? ClipSeg { get; private init; }

    /// <summary>LPIPS; null where there is none.</summary>
    public LpipsConfig? Lpips { get; private init; }

    /// <summary>Weights by the name of their folder.</summary>
    public required IReadOnlyDictionary<string, WeightSet> Weights { get; init; }

    /// <summary>Looks for the networks beside a model's own parts.</summary>
    /// <param name="model">Full path of the model's folder.</param>
    /// <exception cref="ModelException">One is half there, damaged or of an unsupported kind.</exception>
    public static GuidanceNetworks Open(string model)
    {
        var clip = GuidanceFolder.Open(model, "clip", "model");
        var clipseg = GuidanceFolder.Open(model, "clipseg", "model");
        var lpips = GuidanceFolder.Open(model, "lpips", "lpips");
        var segmenter = clipseg is null ? null : ClipSegConfig.Parse(clipseg.Config);
        return new GuidanceNetworks
        {
            Clip = clip is not null ? ClipParts.Of(clip)
                : clipseg is null ? null
                : new ClipParts(clipseg.Name + ".clip", segmenter!.Text, segmenter.Vision, PixelScaling.Parse(clipseg.Preprocessor)),
            ClipSeg = clipseg is null ? null : (segmenter!, PixelScaling.Parse(clipseg.Preprocessor)),
            Lpips = lpips is null ? null : LpipsConfig.Parse(lpips.Config),
            Weights = new[] { clip, clipseg, lpips }.OfType<GuidanceFolder>().ToDictionary(f => f.Name, f => f.Weights),
        };
    }

    /// <summary>CLIP, which somebody needs.</summary>
    /// <param name="model">Name of the model.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ClipParts RequireClip(string model) => Clip ?? throw Missing(model, "CLIP", "clip", "clipseg");

    /// <summary>One sentence for a network that somebody needs and the model's folder has not.</summary>
    public static ArgumentException Missing(string model, string network, params string[] folders) => new(
        $"The model '{model}' has no {network}: put one in transformers' layout into its folder {string.Join(" or ", folders)}.");
}
