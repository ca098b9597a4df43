using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>An open bracket and what came after it; the lowest frame has no bracket.</summary>
/// <param name="bracket">'(' or '[', or '\0' for the lowest.</param>
internal sealed class BracketFrame(char bracket)
{
    /// <summary>The bracket.</summary>
    public char Bracket { get; } = bracket;

    /// <summary>All nodes, the bracket first.</summary>
    public List<PromptNode> Items { get; } = [];

    /// <summary>Where in <see cref="Items"/> its colons and bars stand.</summary>
    public List<int> Separators { get; } = [];

    /// <summary>Number of bars among them.</summary>
    public int Bars { get; set; }

    /// <summary>
    /// Whether schedules may be read here: false once a lone bracket, or a group that is none, was met. The original's grammar allows such
    /// things only outside all groups.
    /// </summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Takes over everything of a frame whose bracket was never closed.</summary>
    public void Absorb(BracketFrame unclosed)
    {
        Separators.AddRange(unclosed.Separators.Select(index => index + Items.Count));
        Items.AddRange(unclosed.Items);
        Bars += unclosed.Bars;
        IsWhole = false;
    }

    /// <summary>The nodes between a separator (or the bracket) and the next (or the end).</summary>
    /// <param name="index">Which, from 0; the last is <see cref="Separators"/>' count.</param>
    /// <param name="end">The place in <see cref="Items"/> where the group's text ends.</param>
    public ImmutableArray<PromptNode> Part(int index, int end)
    {
        var first = index == 0 ? 1 : Separators[index - 1] + 1;
        var stop = index < Separators.Count ? Separators[index] : end;
        return [.. Items.GetRange(first, stop - first)];
    }
}
