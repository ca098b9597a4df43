using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>transformers' CLIPTextModel (and with projection) as a graph. Input: <c>input_ids</c> int64 [N, 77]; outputs as asked for.</summary>
internal static class ClipTextModel
{
    /// <summary>Writes the network for a number of 77-token rows.</summary>
    public static Graph.Graph Build(ClipTextConfig config, int batch, ClipTextOutputs outputs)
    {
        var b = new GraphBuilder("text-encoder");
        var model = new Module(b, "text_model");
        var ids = b.Input("input_ids", TensorType.Int64(batch, config.Positions));
        var tokens = b.TakeRows(model.Tensor("embeddings.token_embedding.weight", config.VocabSize, config.HiddenSize), ids);
        var positions = model.Tensor("embeddings.position_embedding.weight", 1, config.Positions, config.HiddenSize);
        var x = b.Add(tokens, positions);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            if (layer == config.Layers - 1 && outputs.HasFlag(ClipTextOutputs.Penultimate))
            {
                b.Output("penultimate", x);
            }

            if (layer < config.Layers - 1 || outputs != ClipTextOutputs.Penultimate)
            {
                x = Layer(model.Part($"encoder.layers.{layer}"), x, config);
            }
        }

        if (outputs != ClipTextOutputs.Penultimate)
        {
            Finish(b, model, x, config, outputs);
        }

        return b.Build();
    }

    private static Value Layer(Module layer, Value x, ClipTextConfig config)
    {
        var b = layer.Builder;
        var attention = layer.Part("self_attn");
        var normed = layer.LayerNorm("layer_norm1", x, config.NormEpsilon);
        var attended = b.Attend(
            attention.Linear("q_proj", normed, config.HiddenSize),
            attention.Linear("k_proj", normed, config.HiddenSize),
            attention.Linear("v_proj", normed, config.HiddenSize),
            config.Heads,
            causal: true);
        x = b.Add(x, attention.Linear("out_proj", attended, config.HiddenSize));

        var inner = layer.Linear("mlp.fc1", layer.LayerNorm("layer_norm2", x, config.NormEpsilon), config.IntermediateSize);
        return b.Add(x, layer.Linear("mlp.fc2", config.QuickGelu ? b.QuickGelu(inner) : b.Gelu(inner), config.HiddenSize));
    }

    private static void Finish(GraphBuilder b, Module model, Value x, ClipTextConfig config, ClipTextOutputs outputs)
    {
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
            b.Output("text_embeds", new Module(b, "").Linear("text_projection", pooled, config.ProjectionDim, bias: false));
        }
    }
}
