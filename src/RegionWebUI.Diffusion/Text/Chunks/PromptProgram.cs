using System.Collections.Immutable;
using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>One sub-prompt in a model call.</summary>
/// <param name="Chunks">Its text at that call.</param>
/// <param name="Weight">Share of its guidance; may be negative.</param>
internal sealed record WeightedPrompt(WeightedChunks Chunks, double Weight);

/// <summary>A prompt over a whole run: which texts each model call uses. Texts are cut once, however many steps use them.</summary>
internal sealed class PromptProgram
{
    private PromptProgram(ImmutableArray<PromptPart> parts) => Parts = parts;

    /// <summary>The sub-prompts; at least one.</summary>
    public ImmutableArray<PromptPart> Parts { get; }

    /// <summary>Every text of the run, each once: what has to be encoded.</summary>
    public IEnumerable<WeightedChunks> Texts => Parts.SelectMany(part => part.Texts).Distinct();

    /// <summary>Tokens of the longest text, as A1111's counter shows them.</summary>
    public int TokenCount => Texts.Max(text => text.TokenCount);

    /// <summary>Chunks of the longest text.</summary>
    public int ChunkCount => Texts.Max(text => text.Count);

    /// <summary>Whether all model calls use the same texts.</summary>
    public bool IsConstant => Parts.All(part => part.Texts.Distinct().Count() == 1);

    /// <summary>Resolves and cuts a prompt.</summary>
    /// <param name="syntax">The prompt or negative prompt.</param>
    /// <param name="settings">Steps of the run.</param>
    /// <param name="cut">Cuts one text.</param>
    /// <exception cref="PromptException">A weight or a switch step is no number.</exception>
    public static PromptProgram Of(PromptSyntax syntax, ScheduleSettings settings, Func<SourcedText, WeightedChunks> cut)
    {
        var known = new Dictionary<string, WeightedChunks>(StringComparer.Ordinal);
        return new PromptProgram([.. syntax.SubPrompts.Select(subPrompt =>
        {
            var schedule = syntax.ScheduleOf(subPrompt, settings);
            return new PromptPart(subPrompt.Weight, schedule, [.. schedule.Entries.Select(entry => Cut(entry.Text))]);
        })]);

        WeightedChunks Cut(SourcedText text)
        {
            if (!known.TryGetValue(text.Text, out var chunks))
            {
                known.Add(text.Text, chunks = cut(text));
            }

            return chunks;
        }
    }

    /// <summary>The same with all texts of as many chunks.</summary>
    /// <inheritdoc cref="PromptPart.PaddedTo"/>
    public PromptProgram PaddedTo(ClipTokenizer tokenizer, int count) => new([.. Parts.Select(part => part.PaddedTo(tokenizer, count))]);

    /// <summary>The sub-prompts of a model call; at least one.</summary>
    /// <param name="call">From 0.</param>
    public ImmutableArray<WeightedPrompt> At(int call) =>
        [.. Parts.Select(part => new WeightedPrompt(part.Texts[part.Schedule.IndexAt(call)], part.Weight))];
}
