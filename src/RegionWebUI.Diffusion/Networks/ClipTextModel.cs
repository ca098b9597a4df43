using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>transformers' CLIPTextModel (and with projection) as a graph. Input: <c>input_ids</c> int64 [N, 77]; outputs as asked for.</summary>
internal static class ClipTextModel
{
    /// <summary>Writes the network for a number of 77-token rows.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="prefix">Name of the model that the network is a half of; empty when it stands alone.</param>
    /// <param name="fromEmbeddings">
    /// Takes <c>token_embeddings</c> [N, 77, D] in place of ids: what a gradient is asked for, or what words of one's own are put into.
    /// </param>
    public static Graph.Graph Build(ClipTextConfig config, int batch, ClipTextOutputs outputs, string prefix = "", bool fromEmbeddings = false)
    {
        var b = new GraphBuilder("text-encoder");
        var root = new Module(b, prefix);
        var model = root.Part("text_model");
        var tokens = fromEmbeddings
            ? b.Input("token_embeddings", TensorType.Float(batch, config.Positions, config.HiddenSize))
            : b.TakeRows(
                model.Tensor("embeddings.token_embedding.weight", config.VocabSize, config.HiddenSize),
                b.Input("input_ids", TensorType.Int64(batch, config.Positions)));
        var positions = model.Tensor("embeddings.position_embedding.weight", 1, config.Positions, config.HiddenSize);
        var x = b.Add(tokens, positions);
        var transformer = new ClipLayer(config.IntermediateSize, config.Heads, config.QuickGelu, config.NormEpsilon, Causal: true);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            if (layer == config.Layers - 1 && outputs.HasFlag(ClipTextOutputs.Penultimate))
            {
                b.Output("penultimate", x);
            }

            if (layer < config.Layers - 1 || outputs != ClipTextOutputs.Penultimate)
            {
                x = transformer.Write(model.Part($"encoder.layers.{layer}"), x);
            }
        }

        if (outputs != ClipTextOutputs.Penultimate)
        {
            Finish(root, model, x, config, outputs);
        }

        return b.Build();
    }

    private static void Finish(Module root, Module model, Value x, ClipTextConfig config, ClipTextOutputs outputs)
    {
        var b = root.Builder;
        var last = model.LayerNorm("final_layer_norm", x, config.NormEpsilon);
        if (outputs.HasFlag(ClipTextOutputs.LastHiddenState))
        {
            b.Output("last_hidden_state", last);
        }

        if ((outputs & (ClipTextOutputs.Pooled | ClipTextOutputs.Projected)) == 0)
        {
            return;
        }

        var pooled = b.TakeRowOfEach(last, b.Input("eos_position", TensorType.Int64(last.Shape[0], 1)));
        if (outputs.HasFlag(ClipTextOutputs.Pooled))
        {
            b.Output("pooler_output", pooled);
        }

        if (outputs.HasFlag(ClipTextOutputs.Projected))
        {
            b.Output("text_embeds", root.Linear("text_projection", pooled, config.ProjectionDim, bias: false));
        }
    }
}
