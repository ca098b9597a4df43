using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>
/// A node of a prompt's syntax tree. The children of a node that has a <see cref="TokenKind.Open"/> or is a sub-prompt cover it without gaps.
/// A token's only children are tags and comments inside it.
/// </summary>
/// <param name="span">Its place in the prompt as typed.</param>
/// <param name="clean">Its place in <see cref="PromptSyntax.Clean"/>; empty for what does not get there.</param>
/// <param name="children">Its parts, in order.</param>
internal abstract class PromptNode(TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
{
    /// <summary>Place in the prompt as typed.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Place in the text without comments and tags.</summary>
    public TextSpan Clean { get; } = clean;

    /// <summary>The parts, in order.</summary>
    public ImmutableArray<PromptNode> Children { get; } = children;

    /// <summary>Whether the node is text of its own, and not the sum of its children.</summary>
    public abstract bool IsToken { get; }

    /// <summary>This node and all below it, parents first, in the prompt's order. Takes no stack, however deep the brackets.</summary>
    public IEnumerable<PromptNode> WithDescendants()
    {
        var open = new Stack<PromptNode>();
        open.Push(this);
        while (open.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Length - 1; i >= 0; i--)
            {
                open.Push(node.Children[i]);
            }
        }
    }
}

/// <summary>What a <see cref="TokenNode"/> is.</summary>
internal enum TokenKind
{
    /// <summary>Words, spaces, anything without a meaning of its own.</summary>
    Text,

    /// <summary>A backslash and the character after it; the backslash alone at the end of a line.</summary>
    Escape,

    /// <summary>An opening round or square bracket.</summary>
    Open,

    /// <summary>A closing round or square bracket.</summary>
    Close,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>A vertical bar.</summary>
    Bar,

    /// <summary>The word BREAK: the 75-token chunk ends here.</summary>
    Break,

    /// <summary>The word AND between sub-prompts.</summary>
    And,
}

/// <summary>A stretch of text of one kind.</summary>
internal sealed class TokenNode(TokenKind kind, TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>What it is.</summary>
    public TokenKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override bool IsToken => true;
}

/// <summary>A weight or a switch step, with the white space around it.</summary>
internal sealed class NumberNode(string text, TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>The number as written.</summary>
    public string Text { get; } = text;

    /// <summary>Its value; not a number for dots that make none (<c>1..2</c>), infinite when too large.</summary>
    public double Value { get; } = PythonText.TryFloat(text, out var value) ? value : double.NaN;

    /// <inheritdoc/>
    public override bool IsToken => true;
}

/// <summary>A bracket pair that changes the weight of what it holds.</summary>
internal sealed class EmphasisNode(double factor, NumberNode? number, TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>What the weight inside is multiplied with; not a number when <see cref="Number"/> is none.</summary>
    public double Factor { get; } = factor;

    /// <summary>The factor as written, or null for 1.1 of round and 1/1.1 of square brackets.</summary>
    public NumberNode? Number { get; } = number;

    /// <inheritdoc/>
    public override bool IsToken => false;
}

/// <summary><c>[before:after:when]</c>: a text that changes once.</summary>
internal sealed class ScheduleNode(
    ImmutableArray<PromptNode> before,
    ImmutableArray<PromptNode> after,
    NumberNode when,
    TextSpan span,
    TextSpan clean,
    ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>Used up to and with step <see cref="When"/>; empty in <c>[after:when]</c>.</summary>
    public ImmutableArray<PromptNode> Before { get; } = before;

    /// <summary>Used from then on.</summary>
    public ImmutableArray<PromptNode> After { get; } = after;

    /// <summary>A step, or with a dot a share of the steps.</summary>
    public NumberNode When { get; } = when;

    /// <inheritdoc/>
    public override bool IsToken => false;
}

/// <summary><c>[a|b|c]</c>: a text that changes every step.</summary>
internal sealed class AlternationNode(
    ImmutableArray<ImmutableArray<PromptNode>> options, TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>Two or more, each may be empty; step n uses number (n - 1) mod count.</summary>
    public ImmutableArray<ImmutableArray<PromptNode>> Options { get; } = options;

    /// <inheritdoc/>
    public override bool IsToken => false;
}

/// <summary>A text of its own that guides the picture beside the others: what AND parts. A prompt without AND is one.</summary>
internal sealed class SubPromptNode(
    NumberNode? number, ImmutableArray<PromptNode> content, bool isLiteral, TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>Share of its guidance; 1 when none is written.</summary>
    public double Weight => Number?.Value ?? 1;

    /// <summary>Whether a lone bar or an unfinished escape makes the original give up reading schedules in it.</summary>
    public bool IsLiteral { get; } = isLiteral;

    /// <summary>The weight as written, or null.</summary>
    public NumberNode? Number { get; } = number;

    /// <summary>Its text, without the weight and the space at the end.</summary>
    public ImmutableArray<PromptNode> Content { get; } = content;

    /// <inheritdoc/>
    public override bool IsToken => false;
}

/// <summary><c>&lt;name:a:b&gt;</c>: a network to use beside the model. No part of the text.</summary>
internal sealed class NetworkTagNode(
    string name, ImmutableArray<string> items, TextSpan span, TextSpan clean, ImmutableArray<PromptNode> children)
    : PromptNode(span, clean, children)
{
    /// <summary>Kind of network: lora, hypernet.</summary>
    public string Name { get; } = name;

    /// <summary>The arguments between the colons; at least one.</summary>
    public ImmutableArray<string> Items { get; } = items;

    /// <inheritdoc/>
    public override bool IsToken => true;
}

/// <summary>A comment. At the end of the text it leaves a line end; elsewhere the line end is text of its own.</summary>
internal sealed class CommentNode(TextSpan span, TextSpan clean) : PromptNode(span, clean, [])
{
    /// <inheritdoc/>
    public override bool IsToken => true;
}
