using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>
/// A prompt as a syntax tree, from which everything else is derived: sub-prompts, their texts over the steps, the weights in a text, tags.
/// Any text can be read. The tree covers the prompt as typed; results are those of A1111 1.10.1, which makes them in passes over raw text
/// (AND, then schedules, then weights) that do not know of each other's brackets.
/// </summary>
internal sealed class PromptSyntax
{
    private PromptSyntax(string source, PromptOptions options, SourcedText clean, ImmutableArray<PromptNode> nodes)
    {
        Source = source;
        Options = options;
        Clean = clean;
        Nodes = nodes;
        SubPrompts = [.. nodes.OfType<SubPromptNode>()];
    }

    /// <summary>The prompt as typed.</summary>
    public string Source { get; }

    /// <summary>How it was read.</summary>
    public PromptOptions Options { get; }

    /// <summary>The text without comments and network tags.</summary>
    public SourcedText Clean { get; }

    /// <summary>Sub-prompts and the AND between them: together the whole prompt, without gaps.</summary>
    public ImmutableArray<PromptNode> Nodes { get; }

    /// <summary>The sub-prompts; at least one.</summary>
    public ImmutableArray<SubPromptNode> SubPrompts { get; }

    /// <summary>Every node, parents first, in the prompt's order.</summary>
    public IEnumerable<PromptNode> AllNodes => Nodes.SelectMany(node => node.WithDescendants());

    /// <summary>The network tags in order.</summary>
    public IEnumerable<NetworkTagNode> NetworkTags => AllNodes.OfType<NetworkTagNode>();

    /// <summary>Reads a prompt, in time linear in its length.</summary>
    /// <param name="source">Any text.</param>
    /// <param name="options">Which parts of the language it may use.</param>
    public static PromptSyntax Parse(string source, PromptOptions options)
    {
        var (clean, removed) = PromptCleaner.Clean(source, options);
        return new PromptSyntax(source, options, clean, PromptParser.Parse(clean, removed, options));
    }

    /// <summary>The text of a sub-prompt as its schedules and weights are read from it.</summary>
    public SourcedText TextOf(SubPromptNode subPrompt) =>
        Clean.Slice(subPrompt.Clean.Start, subPrompt.Content.IsEmpty ? subPrompt.Clean.Start : subPrompt.Content[^1].Clean.End);

    /// <summary>The texts of a sub-prompt over the steps.</summary>
    /// <exception cref="PromptException">A switch step is too large to be a number.</exception>
    public PromptSchedule ScheduleOf(SubPromptNode subPrompt, ScheduleSettings settings) => PromptSchedule.Of(Clean, subPrompt.Content, settings);
}
