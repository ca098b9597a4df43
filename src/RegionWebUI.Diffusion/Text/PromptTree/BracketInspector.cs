namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Looks at the brackets of one sub-prompt as the weights see them: round and square apart.</summary>
/// <param name="found">Takes the problems.</param>
internal sealed class BracketInspector(List<PromptDiagnostic> found)
{
    private readonly Stack<TextSpan> _round = new();
    private readonly Stack<TextSpan> _square = new();

    /// <summary>Adds the problems of a sub-prompt.</summary>
    /// <param name="source">The prompt as typed.</param>
    /// <param name="subPrompt">One of its sub-prompts.</param>
    /// <returns>Whether brackets are open at its end.</returns>
    public bool Inspect(string source, SubPromptNode subPrompt)
    {
        _round.Clear();
        _square.Clear();
        var ofSchedules = new HashSet<PromptNode>();
        foreach (var node in subPrompt.Content.SelectMany(node => node.WithDescendants()))
        {
            if (node is ScheduleNode or AlternationNode)
            {
                ofSchedules.Add(node.Children[0]);
                ofSchedules.Add(node.Children[^1]);
            }
            else if (node is TokenNode token && !ofSchedules.Contains(token))
            {
                Look(source, token);
            }
        }

        foreach (var span in _round.Concat(_square))
        {
            var (change, written) = source[span.Start] == '(' ? ("strengthens", @"\(") : ("weakens", @"\[");
            Add(
                PromptProblem.UnclosedBracket,
                span,
                $"This '{source[span.Start]}' is never closed and {change} all text after it; close it or write {written}.");
        }

        return _round.Count + _square.Count > 0;
    }

    private void Look(string source, TokenNode token)
    {
        switch (token.Kind)
        {
            case TokenKind.Open:
                (source[token.Span.Start] == '(' ? _round : _square).Push(token.Span);
                break;
            case TokenKind.Close when source[token.Span.Start] == ')':
                Close(token, _round, _square, ')');
                break;
            case TokenKind.Close:
                Close(token, _square, _round, ']');
                break;
            case TokenKind.Break when _round.Count + _square.Count > 0:
                Add(PromptProblem.BreakInBrackets, token.Span, "BREAK inside brackets ends no chunk and is read as a word; put it outside.");
                break;
            default:
                break;
        }
    }

    private void Close(TokenNode token, Stack<TextSpan> own, Stack<TextSpan> other, char bracket)
    {
        if (!own.TryPop(out var opened))
        {
            Add(PromptProblem.UnopenedBracket, token.Span, $"This '{bracket}' closes nothing and is read as text; remove it or write \\{bracket}.");
        }
        else if (other.TryPeek(out var inner) && inner.Start > opened.Start)
        {
            Add(PromptProblem.CrossedBrackets, token.Span, $"This '{bracket}' crosses a bracket that is still open; close the inner one first.");
        }
    }

    private void Add(PromptProblem problem, TextSpan span, string message) =>
        found.Add(new PromptDiagnostic(problem, DiagnosticSeverity.Warning, span, message));
}
