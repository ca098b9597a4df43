using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>A prompt and its negative over a whole run.</summary>
/// <param name="tokenizer">Of the text encoder.</param>
/// <param name="positive">The prompt.</param>
/// <param name="negative">The negative prompt: one sub-prompt.</param>
internal sealed class PromptPair(ClipTokenizer tokenizer, PromptProgram positive, PromptProgram negative)
{
    /// <summary>Resolves and cuts both.</summary>
    /// <param name="tokenizer">Of the text encoder.</param>
    /// <param name="prompt">The prompt as typed.</param>
    /// <param name="negativePrompt">The negative prompt as typed.</param>
    /// <param name="settings">Steps of the run.</param>
    /// <param name="options">How to cut.</param>
    /// <param name="inversions">What may be named in them.</param>
    /// <exception cref="PromptException">A weight or a switch step is no number.</exception>
    public static PromptPair Of(
        ClipTokenizer tokenizer,
        string prompt,
        string negativePrompt,
        ScheduleSettings settings,
        ChunkOptions options,
        TextualInversions inversions)
    {
        return new PromptPair(tokenizer, Program(prompt, PromptOptions.Positive), Program(negativePrompt, PromptOptions.Negative));

        PromptProgram Program(string text, PromptOptions language) => PromptProgram.Of(
            PromptSyntax.Parse(text, language), settings, piece => WeightedChunks.Of(tokenizer, piece, options, inversions));
    }

    /// <summary>
    /// What a model call uses. All texts have equally many chunks, since they run through the UNet in one batch: shorter ones get empty chunks
    /// ("Pad conds").
    /// </summary>
    /// <param name="call">From 0.</param>
    public PromptStep At(int call)
    {
        var prompts = positive.At(call);
        var without = negative.At(call)[0].Chunks;
        var count = Math.Max(without.Count, prompts.Max(prompt => prompt.Chunks.Count));
        return new PromptStep(
            [.. prompts.Select(prompt => prompt with { Chunks = prompt.Chunks.PaddedTo(tokenizer, count) })], without.PaddedTo(tokenizer, count));
    }
}
