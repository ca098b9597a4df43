using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>How the prompts of one run are read.</summary>
/// <param name="Schedule">What switch steps are measured against.</param>
/// <param name="Text">The request's settings.</param>
internal sealed record PromptLanguage(ScheduleSettings Schedule, TextSettings Text)
{
    private static readonly PromptOptions _oneCall = PromptOptions.Positive with { And = false };

    /// <summary>
    /// That of a request. As in A1111 a schedule is measured against the steps asked for, also where a run from a picture makes fewer, and
    /// against twice as many with a sampler of two model calls a step.
    /// </summary>
    public static PromptLanguage Of(GenerationRequest request, Sampler sampler) => new(
        new ScheduleSettings(request.Steps * sampler.Traits.CallsPerStep, IsOld: request.TextSettings.OldSchedules), request.TextSettings);

    /// <summary>Resolves and cuts a prompt.</summary>
    /// <exception cref="PromptException">A weight or a switch step cannot be used.</exception>
    public PromptProgram Read(ClipTokenizer tokenizer, PromptSyntax syntax)
    {
        var options = new ChunkOptions(Emphasis: Text.Emphasis);
        return PromptProgram.Of(
            syntax, Schedule, text => Checked(WeightedChunks.Of(tokenizer, text, options, TextualInversions.Empty)));
    }

    /// <summary>What a prompt is in the first model call, AND being a word.</summary>
    /// <exception cref="PromptException">A weight or a switch step cannot be used.</exception>
    public WeightedChunks ReadOneCall(ClipTokenizer tokenizer, string prompt) =>
        Read(tokenizer, PromptSyntax.Parse(prompt, _oneCall)).At(0)[0].Chunks;

    // Beyond it embeddings leave the range of float, and the picture would be blamed on the model's weights.
    private static WeightedChunks Checked(WeightedChunks text)
    {
        foreach (var chunk in text.Chunks)
        {
            for (var i = 0; i < chunk.Multipliers.Length; i++)
            {
                PromptRules.RequireUsable(chunk.Multipliers[i], chunk.Sources[i]);
            }
        }

        return text;
    }
}
