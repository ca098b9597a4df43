using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Parts a text into sub-prompts and reads each of them.</summary>
internal static class PromptParser
{
    private const string And = "AND";

    /// <summary>Sub-prompts, the AND tokens between them, and tags at their edges: covers the whole prompt.</summary>
    public static ImmutableArray<PromptNode> Parse(SourcedText clean, List<PromptNode> removed, PromptOptions options)
    {
        var writer = new NodeWriter(clean, removed);
        var nodes = new List<PromptNode>();
        var start = 0;
        for (var end = 0; end >= 0;)
        {
            end = options.And ? NextAnd(clean.Text, start) : -1;
            nodes.Add(SubPrompt(clean, writer, start, end < 0 ? clean.Text.Length : end, options.And));
            if (end >= 0)
            {
                writer.Add(nodes, TokenKind.And, end, end + And.Length);
                start = end + And.Length;
            }
        }

        return [.. nodes];
    }

    private static int NextAnd(string text, int start)
    {
        var at = text.IndexOf(And, start, StringComparison.Ordinal);
        while (at >= 0 && !PythonText.HasWord(text, And, at, 0, text.Length))
        {
            at = text.IndexOf(And, at + And.Length, StringComparison.Ordinal);
        }

        return at;
    }

    private static SubPromptNode SubPrompt(SourcedText clean, NodeWriter writer, int start, int end, bool weighted)
    {
        var text = clean.Text;
        var stop = weighted ? PythonText.SkipSpaceBack(text, end, start) : end;
        var weight = weighted ? NumberText.AtEnd(text, start, stop) : null;
        var contentEnd = weight is { } found ? PythonText.SkipSpaceBack(text, found.Colon, start) : stop;
        var (content, isLiteral) = Content(writer, start, contentEnd);
        var children = new List<PromptNode>(content);
        NumberNode? number = null;
        if (weight is { } written)
        {
            writer.AddText(children, contentEnd, written.Colon);
            writer.Add(children, TokenKind.Colon, written.Colon, written.Colon + 1);
            number = writer.AddNumber(children, written.Number, written.Colon + 1, stop);
        }

        writer.AddText(children, number is null ? contentEnd : stop, end);
        writer.AddRemoved(children, end);
        var span = children.Count > 0 ? new TextSpan(children[0].Span.Start, children[^1].Span.End) : clean.SourceOf(start, end);
        return new SubPromptNode(number, content, isLiteral, span, new TextSpan(start, end), [.. children]);
    }

    private static (ImmutableArray<PromptNode> Nodes, bool IsLiteral) Content(NodeWriter writer, int start, int end)
    {
        var first = writer.Place;
        var parser = new ContentParser(writer, schedules: true);
        var nodes = parser.Read(start, end);
        if (!parser.IsLiteral)
        {
            return (nodes, false);
        }

        writer.Place = first;
        return (new ContentParser(writer, schedules: false).Read(start, end), true);
    }
}
