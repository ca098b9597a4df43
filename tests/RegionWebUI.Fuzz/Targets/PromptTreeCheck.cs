using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Fuzz.Targets;

/// <summary>What a prompt's tree promises: spans inside the text, nested, without gaps; and every character knows where it stood.</summary>
internal static class PromptTreeCheck
{
    private const int PlacesTried = 200;

    /// <summary>Checks a whole tree.</summary>
    public static void Check(PromptSyntax syntax, Trail trail)
    {
        Covers(syntax.Nodes, new TextSpan(0, syntax.Source.Length));
        Promise.Keep(syntax.SubPrompts.Length >= 1, "There is no sub-prompt.");
        foreach (var node in syntax.AllNodes)
        {
            Promise.IsInside(node.Clean.Start, node.Clean.End, syntax.Clean.Text.Length, "clean span");
            if (node.IsToken)
            {
                Inside(node);
            }
            else
            {
                Covers(node.Children, node.Span);
            }

            trail.Mark(Kind(node));
            trail.Mark(Kind(node), node.Children.Length);
            Neighbours(node, trail);
            trail.Add(node.Span.Start);
            trail.Add(node.Span.End);
        }

        foreach (var subPrompt in syntax.SubPrompts)
        {
            trail.Mark($"literal {subPrompt.IsLiteral} weight {subPrompt.Number is not null}");
        }

        Places(syntax);
    }

    private static void Covers(IReadOnlyList<PromptNode> nodes, TextSpan span)
    {
        var at = span.Start;
        foreach (var node in nodes)
        {
            Promise.Keep(node.Span.Start == at && node.Span.End >= at, "The parts of a node leave a gap or overlap.");
            at = node.Span.End;
        }

        Promise.Keep(nodes.Count == 0 ? span.Length == 0 : at == span.End, "The parts of a node do not cover it.");
    }

    private static void Neighbours(PromptNode node, Trail trail)
    {
        var before = "";
        foreach (var child in node.Children)
        {
            trail.Mark(Kind(node), Kind(child));
            trail.Mark(before, Kind(child));
            before = Kind(child);
        }
    }

    private static void Inside(PromptNode node)
    {
        var at = node.Span.Start;
        foreach (var child in node.Children)
        {
            Promise.Keep(child.Span.Start >= at && child.Span.End <= node.Span.End, "A part of a token is not inside it.");
            at = child.Span.End;
        }
    }

    private static void Places(PromptSyntax syntax)
    {
        var clean = syntax.Clean;
        for (var i = 0; i < clean.Text.Length; i += 1 + clean.Text.Length / PlacesTried)
        {
            var (character, source) = (clean.Text[i], clean.SourceOf(i));
            Promise.IsInside(source, source + 1, syntax.Source.Length, "place of a character");
            Promise.Keep(
                syntax.Source[source] == character || (character == '\n' && syntax.Source[source] == '#'), "A character is not where it says.");
        }
    }

    private static string Kind(PromptNode node) => node switch
    {
        TokenNode { Kind: var kind } => kind.ToString(),
        EmphasisNode { Number: null } => "plain emphasis",
        ScheduleNode { Before.IsEmpty: true } => "schedule without a first text",
        _ => node.GetType().Name,
    };
}
