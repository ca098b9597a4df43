using System.Collections.Immutable;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// transformers' CLIPVisionModel. Pixels come normalised, [N, 3, H, W] with sides that are multiples of the patch; at another size than
/// the trained one the position embedding is resized bicubically.
/// </summary>
internal static class ClipVisionModel
{
    /// <summary>The network with its projection: input <c>pixel_values</c>, output <c>image_embeds</c> [N, P], not normalised.</summary>
    public static Graph.Graph Build(ClipVisionConfig config, int batch, int height, int width)
    {
        var b = new GraphBuilder("clip-vision");
        var root = new Module(b, "");
        b.Output("image_embeds", Embed(root, config, b.Input("pixel_values", TensorType.Float(batch, 3, height, width))));
        return b.Build();
    }

    /// <summary>Writes the network with its projection into a graph.</summary>
    /// <param name="root">The model that holds <c>vision_model</c> and <c>visual_projection</c>.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="pixels">Normalised pixels.</param>
    public static Value Embed(Module root, ClipVisionConfig config, Value pixels)
    {
        var (b, vision) = (root.Builder, root.Part("vision_model"));
        var before = HiddenStates(vision, config, pixels, config.Layers - 1)[^1];
        var token = Layer(config).WriteFirstToken(vision.Part($"encoder.layers.{config.Layers - 1}"), before);
        var pooled = vision.LayerNorm("post_layernorm", b.Reshape(token, token.Shape[0], token.Shape[2]), config.NormEpsilon);
        return root.Linear("visual_projection", pooled, config.ProjectionDim, bias: false);
    }

    /// <summary>Writes the first layers and gives the result of each, [N, 1 + patches, D], the class token first.</summary>
    public static ImmutableArray<Value> Layers(Module vision, ClipVisionConfig config, Value pixels, int count) =>
        HiddenStates(vision, config, pixels, count)[1..];

    /// <summary>The embeddings and the results of the first layers.</summary>
    private static ImmutableArray<Value> HiddenStates(Module vision, ClipVisionConfig config, Value pixels, int count)
    {
        var layer = Layer(config);
        var x = vision.LayerNorm("pre_layrnorm", Embeddings(vision.Part("embeddings"), config, pixels), config.NormEpsilon);
        var states = ImmutableArray.CreateBuilder<Value>(count + 1);
        states.Add(x);
        for (var i = 0; i < count; i++)
        {
            x = layer.Write(vision.Part($"encoder.layers.{i}"), x);
            vision.Builder.EndBlock();
            states.Add(x);
        }

        return states.MoveToImmutable();
    }

    private static ClipLayer Layer(ClipVisionConfig config) =>
        new(config.IntermediateSize, config.Heads, config.QuickGelu, config.NormEpsilon, Causal: false);

    private static Value Embeddings(Module embeddings, ClipVisionConfig config, Value pixels)
    {
        var (b, size, width) = (embeddings.Builder, config.PatchSize, config.HiddenSize);
        var kernel = embeddings.Tensor("patch_embedding.weight", width, 3, size, size);
        var patches = b.Convolve(pixels, kernel, null, stride: size);
        var token = b.Reshape(embeddings.Tensor("class_embedding", width), 1, 1, width);
        var tokens = b.Concat(1, b.SpreadTo(token, new Shape(pixels.Shape[0], 1, width)), embeddings.ToTokens(patches));
        return b.Add(tokens, Positions(embeddings, config, patches.Shape[2], patches.Shape[3]));
    }

    private static Value Positions(Module embeddings, ClipVisionConfig config, int rows, int columns)
    {
        var (b, grid, width) = (embeddings.Builder, config.Grid, config.HiddenSize);
        var all = embeddings.Tensor("position_embedding.weight", (grid * grid) + 1, width);
        if (rows == grid && columns == grid)
        {
            return all;
        }

        var cells = embeddings.ToCells(b.Reshape(b.Slice(all, 0, 1, grid * grid), 1, grid * grid, width), grid, grid);
        var resized = b.MapRowsAndColumns(cells, BicubicMatrix.Of(grid, rows), BicubicMatrix.Of(grid, columns));
        return b.Concat(0, b.Slice(all, 0, 0, 1), b.Reshape(embeddings.ToTokens(resized), rows * columns, width));
    }
}
