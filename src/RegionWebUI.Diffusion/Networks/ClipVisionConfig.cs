using System.Text.Json;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Configuration of a CLIP vision model.</summary>
internal sealed record ClipVisionConfig
{
    /// <summary>Width of the embedding.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width inside the feed-forward.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Pixels of a side it was trained at.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Pixels of a side of a patch.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Whether the feed-forward uses QuickGELU (OpenAI) instead of GELU (OpenCLIP).</summary>
    public required bool QuickGelu { get; init; }

    /// <summary>Epsilon of the layer norms.</summary>
    public required float NormEpsilon { get; init; }

    /// <summary>Width of the projected image embedding.</summary>
    public required int ProjectionDim { get; init; }

    /// <summary>Patches of a side at the trained size.</summary>
    public int Grid => ImageSize / PatchSize;

    /// <summary>Reads the <c>vision_config</c> of a config.json.</summary>
    /// <param name="json">That object.</param>
    /// <param name="projectionDim">Of the whole model; it stands beside the halves and wins over theirs.</param>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static ClipVisionConfig Parse(JsonElement json, int projectionDim)
    {
        var read = new ConfigReader("vision encoder", json);
        var activation = read.Text("hidden_act", "quick_gelu");
        read.Require(activation is "quick_gelu" or "gelu", "hidden_act", "quick_gelu or gelu");
        read.Require(read.Int("num_channels", 3) == 3, "num_channels", "3");
        return new ClipVisionConfig
        {
            HiddenSize = read.Int("hidden_size"),
            IntermediateSize = read.Int("intermediate_size"),
            Layers = read.Int("num_hidden_layers"),
            Heads = read.Int("num_attention_heads"),
            ImageSize = read.Int("image_size", 224),
            PatchSize = read.Int("patch_size", 32),
            QuickGelu = activation == "quick_gelu",
            NormEpsilon = (float)read.Number("layer_norm_eps", 1e-5),
            ProjectionDim = projectionDim,
        };
    }
}
