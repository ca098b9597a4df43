using System.Text.Json;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Configuration of a CLIPSeg model: CLIP and the decoder on it.</summary>
internal sealed record ClipSegConfig
{
    /// <summary>The text half.</summary>
    public required ClipTextConfig Text { get; init; }

    /// <summary>The vision half.</summary>
    public required ClipVisionConfig Vision { get; init; }

    /// <summary>Vision layers the decoder reads, from 0, rising: 3, 6, 9 in the released models.</summary>
    public required int[] ExtractLayers { get; init; }

    /// <summary>Width of the decoder.</summary>
    public required int ReduceDim { get; init; }

    /// <summary>Attention heads of the decoder.</summary>
    public required int DecoderHeads { get; init; }

    /// <summary>Width inside the decoder's feed-forward.</summary>
    public required int DecoderIntermediateSize { get; init; }

    /// <summary>Decoder layer at which the text comes in, from 0.</summary>
    public required int ConditionalLayer { get; init; }

    /// <summary>Whether the head is that of the refined models: a 3x3 and two transposed convolutions.</summary>
    public required bool Refined { get; init; }

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static ClipSegConfig Parse(JsonElement json)
    {
        var read = new ConfigReader("CLIPSeg", json);
        var projection = read.Int("projection_dim", 512);
        var vision = ClipVisionConfig.Parse(read.Object("vision_config"), projection);
        var layers = read.Ints("extract_layers");
        read.Require(
            layers.Order().SequenceEqual(layers) && layers[^1] < vision.Layers, "extract_layers", $"rising layers below {vision.Layers}");
        return new ClipSegConfig
        {
            Text = ClipTextConfig.Parse(read.Object("text_config")) with { ProjectionDim = projection },
            Vision = vision,
            ExtractLayers = layers,
            ReduceDim = read.Int("reduce_dim", 64),
            DecoderHeads = read.Int("decoder_num_attention_heads", 4),
            DecoderIntermediateSize = read.Int("decoder_intermediate_size", 2048),
            ConditionalLayer = (int)read.Number("conditional_layer", 0),
            Refined = read.Flag("use_complex_transposed_convolution", false),
        };
    }
}
