using System.Collections.Immutable;
using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>One sub-prompt over a whole run.</summary>
/// <param name="Weight">Share of its guidance; may be negative.</param>
/// <param name="Schedule">When each text is used.</param>
/// <param name="Texts">The text of each entry of the schedule, cut; equal texts are one object.</param>
internal sealed record PromptPart(double Weight, PromptSchedule Schedule, ImmutableArray<WeightedChunks> Texts)
{
    /// <summary>The same with all texts of as many chunks.</summary>
    /// <param name="tokenizer">Of the text encoder.</param>
    /// <param name="count">Chunks wanted; at least those of the longest text.</param>
    public PromptPart PaddedTo(ClipTokenizer tokenizer, int count)
    {
        var padded = Texts.Distinct().ToDictionary(text => text, text => text.PaddedTo(tokenizer, count));
        return this with { Texts = [.. Texts.Select(text => padded[text])] };
    }
}
