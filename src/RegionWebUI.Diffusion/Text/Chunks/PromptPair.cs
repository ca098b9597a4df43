using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>
/// A prompt and its negative over a whole run. All texts have equally many chunks, since they run through the UNet in one batch: shorter ones
/// get empty chunks ("Pad conds").
/// </summary>
internal sealed class PromptPair
{
    private PromptPair(ClipTokenizer tokenizer, PromptProgram positive, PromptProgram negative)
    {
        ChunkCount = Math.Max(positive.ChunkCount, negative.ChunkCount);
        IsPadded = positive.ChunkCount != negative.ChunkCount;
        Positive = positive.PaddedTo(tokenizer, ChunkCount);
        Negative = negative.PaddedTo(tokenizer, ChunkCount);
    }

    /// <summary>The prompt.</summary>
    public PromptProgram Positive { get; }

    /// <summary>The negative prompt: one sub-prompt.</summary>
    public PromptProgram Negative { get; }

    /// <summary>Chunks of every text.</summary>
    public int ChunkCount { get; }

    /// <summary>Whether the prompt got empty chunks because the negative prompt is longer, or the other way round.</summary>
    public bool IsPadded { get; }

    /// <summary>Whether all model calls use the same texts.</summary>
    public bool IsConstant => Positive.IsConstant && Negative.IsConstant;

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
        TextualInversions inversions) => Of(
            tokenizer,
            PromptSyntax.Parse(prompt, PromptOptions.Positive),
            PromptSyntax.Parse(negativePrompt, PromptOptions.Negative),
            syntax => PromptProgram.Of(syntax, settings, piece => WeightedChunks.Of(tokenizer, piece, options, inversions)));

    /// <summary>Resolves and cuts both.</summary>
    /// <param name="tokenizer">Of the text encoder.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="negativePrompt">The negative prompt.</param>
    /// <param name="read">Resolves and cuts one.</param>
    public static PromptPair Of(
        ClipTokenizer tokenizer, PromptSyntax prompt, PromptSyntax negativePrompt, Func<PromptSyntax, PromptProgram> read) =>
        new(tokenizer, read(prompt), read(negativePrompt));

    /// <summary>What a model call uses.</summary>
    /// <param name="call">From 0.</param>
    public PromptStep At(int call) => new(Positive.At(call), Negative.At(call)[0].Chunks);
}
