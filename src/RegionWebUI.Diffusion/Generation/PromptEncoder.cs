using RegionWebUI.Diffusion.Text;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Prompt text to conditioning: tokens, 77-token chunks, one text encoder run per chunk.</summary>
internal sealed class PromptEncoder(LoadedModel model)
{
    /// <summary>The chunks of a prompt and its negative, equally many.</summary>
    public (PromptChunks Positive, PromptChunks Negative) Cut(string prompt, string negativePrompt) => PromptChunks.Equalized(
        PromptChunks.Of(model.Tokenizer, prompt), PromptChunks.Of(model.Tokenizer, negativePrompt));

    /// <summary>Conditioning of a prompt's chunks.</summary>
    public Conditioning Encode(PromptChunks chunks, CancellationToken cancellationToken)
    {
        var width = model.TextConfig.HiddenSize;
        var tokens = model.TextConfig.Positions;
        var embeddings = new float[chunks.Count * tokens * width];
        var hidden = HostTensor.Empty(new Shape(1, tokens, width));
        for (var i = 0; i < chunks.Count; i++)
        {
            var ids = HostTensor.Of(new Shape(1, tokens), [.. chunks.Chunks[i].Ids.Select(id => (long)id)]);
            model.UseTextEncoder(session => session.Run(
                new Dictionary<string, HostTensor> { ["input_ids"] = ids },
                new Dictionary<string, HostTensor> { ["last_hidden_state"] = hidden },
                cancellationToken));
            hidden.Floats.CopyTo(embeddings, i * hidden.Floats.Length);
        }

        return new Conditioning(chunks.Count, width, embeddings);
    }
}
