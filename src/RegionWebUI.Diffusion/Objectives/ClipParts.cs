using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>CLIP as a guidance network.</summary>
/// <param name="Root">Name of its module: the folder, and what it is a part of there.</param>
/// <param name="Text">Its text half.</param>
/// <param name="Vision">Its vision half.</param>
/// <param name="Scaling">How it wants its pixels.</param>
internal sealed record ClipParts(string Root, ClipTextConfig Text, ClipVisionConfig Vision, PixelScaling Scaling)
{
    /// <summary>Reads a folder of transformers' CLIPModel.</summary>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static ClipParts Of(GuidanceFolder folder)
    {
        var read = new ConfigReader("CLIP", folder.Config);
        var projection = read.Int("projection_dim", 512);
        return new ClipParts(
            folder.Name,
            ClipTextConfig.Parse(read.Object("text_config")) with { ProjectionDim = projection },
            ClipVisionConfig.Parse(read.Object("vision_config"), projection),
            PixelScaling.Parse(folder.Preprocessor));
    }
}
