using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// transformers' CLIPSegForImageSegmentation: Lüddecke and Ecker, "Image Segmentation Using Text and Image Prompts" (2022). A small
/// transformer reads some layers of CLIP's vision half, the deepest first; the text scales and shifts its features (FiLM).
/// </summary>
internal static class ClipSeg
{
    /// <summary>
    /// The network without its text half. Inputs: <c>pixel_values</c> [N, 3, H, W], normalised, sides multiples of the patch;
    /// <c>conditional</c> [N, P], the projected text, not normalised. Output: <c>logits</c> [N, H, W].
    /// </summary>
    public static Graph.Graph Build(ClipSegConfig config, int batch, int height, int width)
    {
        var b = new GraphBuilder("clipseg");
        var pixels = b.Input("pixel_values", TensorType.Float(batch, 3, height, width));
        var conditional = b.Input("conditional", TensorType.Float(batch, config.Vision.ProjectionDim));
        b.Output("logits", Segment(new Module(b, ""), config, pixels, conditional));
        return b.Build();
    }

    /// <summary>Writes the network into a graph.</summary>
    public static Value Segment(Module root, ClipSegConfig config, Value pixels, Value conditional)
    {
        var layers = ClipVisionModel.Layers(root.Part("clip.vision_model"), config.Vision, pixels, config.ExtractLayers[^1] + 1);
        var decoder = root.Part("decoder");
        Value? x = null;
        for (var i = 0; i < config.ExtractLayers.Length; i++)
        {
            var reduced = decoder.Linear($"reduces.{i}", layers[config.ExtractLayers[^(i + 1)]], config.ReduceDim);
            x = x is null ? reduced : root.Builder.Add(reduced, x);
            x = i == config.ConditionalLayer ? Modulate(decoder, x, conditional) : x;
            x = Layer(decoder.Part($"layers.{i}"), x, config);
        }

        return Head(decoder.Part("transposed_convolution"), x!, config, pixels.Shape);
    }

    private static Value Modulate(Module decoder, Value x, Value conditional)
    {
        var b = decoder.Builder;
        return b.Add(b.Multiply(PerPicture("film_mul"), x), PerPicture("film_add"));

        Value PerPicture(string layer) => b.Reshape(decoder.Linear(layer, conditional, x.Shape[2]), x.Shape[0], 1, x.Shape[2]);
    }

    // Normalised after each half; the activation is ReLU whatever the configuration says.
    private static Value Layer(Module layer, Value x, ClipSegConfig config)
    {
        var (b, epsilon) = (layer.Builder, config.Vision.NormEpsilon);
        x = layer.LayerNorm("layer_norm1", b.Add(x, ClipLayer.Attend(layer.Part("self_attn"), x, config.DecoderHeads, causal: false)), epsilon);
        var inner = b.Relu(layer.Linear("mlp.fc1", x, config.DecoderIntermediateSize));
        return layer.LayerNorm("layer_norm2", b.Add(x, layer.Linear("mlp.fc2", inner, x.Shape[2])), epsilon);
    }

    private static Value Head(Module head, Value tokens, ClipSegConfig config, Shape pixels)
    {
        var (b, size) = (head.Builder, config.Vision.PatchSize);
        var (rows, columns) = (pixels[2] / size, pixels[3] / size);
        var x = head.ToCells(b.Slice(tokens, 1, 1, rows * columns), rows, columns);
        if (config.Refined)
        {
            var (half, quarter) = (config.ReduceDim / 2, size / 4);
            x = b.Relu(head.Conv("0", x, config.ReduceDim));
            x = b.Relu(Unpatch(head.Part("2"), x, half, quarter));
            x = Unpatch(head.Part("4"), x, 1, quarter);
        }
        else
        {
            x = Unpatch(head, x, 1, size);
        }

        return b.Reshape(x, pixels[0], pixels[2], pixels[3]);
    }

    private static Value Unpatch(Module layer, Value x, int channels, int size) => layer.Builder.Apply(
        new Conv.Transposed2d(size, 0, 0, 0, 0, x.Shape[2] * size, x.Shape[3] * size),
        x,
        layer.Tensor("weight", x.Shape[1], channels, size, size),
        layer.Tensor("bias", channels));
}
