using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>A text through the text half of a model's guidance CLIP.</summary>
internal sealed class ClipTextEncoder(LoadedModel model)
{
    /// <summary>Its projected embedding, not normalised.</summary>
    /// <exception cref="ArgumentException">The model's folder has no CLIP.</exception>
    public float[] Encode(string text, CancellationToken cancellationToken)
    {
        var clip = model.Objectives.Guidance.RequireClip(model.Name);
        var ids = Ids(text, clip.Text.Positions);
        var result = HostTensor.Empty(new Shape(1, clip.Text.ProjectionDim));
        model.UseObjective(
            "clip-text",
            () => ClipTextModel.Build(clip.Text, 1, ClipTextOutputs.Projected, clip.Root),
            session => session.Run(
                new Dictionary<string, HostTensor>
                {
                    ["input_ids"] = HostTensor.Of(new Shape(1, ids.Length), ids),
                    ["eos_position"] = HostTensor.Of(new Shape(1, 1), [clip.Text.EosPosition(ids)]),
                },
                new Dictionary<string, HostTensor> { ["text_embeds"] = result },
                cancellationToken));
        return result.Floats;
    }

    private long[] Ids(string text, int positions)
    {
        var tokenizer = model.Tokenizer;
        var words = tokenizer.Encode(text).Ids.Take(positions - 2).Select(id => (long)id);
        return [.. words.Prepend(tokenizer.Bos).Append(tokenizer.Eos).Concat(Enumerable.Repeat((long)tokenizer.Eos, positions)).Take(positions)];
    }
}
