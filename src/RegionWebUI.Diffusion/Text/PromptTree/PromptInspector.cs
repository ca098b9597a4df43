using System.Collections.Immutable;
using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Finds what A1111 silently reads otherwise than it was meant.</summary>
internal sealed class PromptInspector
{
    private readonly PromptSyntax _syntax;
    private readonly List<PromptDiagnostic> _found = [];

    private PromptInspector(PromptSyntax syntax) => _syntax = syntax;

    /// <summary>The problems of a prompt, in its order, in time linear in its length.</summary>
    /// <param name="syntax">The prompt.</param>
    /// <param name="settings">Steps of the run, or null to leave out what depends on them.</param>
    public static ImmutableArray<PromptDiagnostic> Inspect(PromptSyntax syntax, ScheduleSettings? settings)
    {
        var inspector = new PromptInspector(syntax);
        inspector.SubPrompts(settings);
        inspector.Weights();
        inspector.Tags();
        return [.. inspector._found.OrderBy(diagnostic => diagnostic.Span.Start)];
    }

    private void SubPrompts(ScheduleSettings? settings)
    {
        var brackets = new BracketInspector(_found);
        var schedules = new ScheduleInspector(_syntax.Source, settings, _found);
        var isOpen = false;
        foreach (var node in _syntax.Nodes)
        {
            if (node is SubPromptNode subPrompt)
            {
                isOpen = brackets.Inspect(_syntax.Source, subPrompt);
                schedules.Inspect(subPrompt);
                SubPrompt(subPrompt);
            }
            else if (isOpen && node is TokenNode { Kind: TokenKind.And })
            {
                Add(
                    PromptProblem.AndInBrackets,
                    DiagnosticSeverity.Warning,
                    node,
                    "AND parts the prompt even inside brackets; close them before it.");
            }
        }
    }

    private void SubPrompt(SubPromptNode subPrompt)
    {
        var isAlone = _syntax.SubPrompts.Length == 1;
        if (isAlone && subPrompt.Number is { } number)
        {
            Add(
                PromptProblem.NumberTakenAsWeight,
                DiagnosticSeverity.Warning,
                number,
                $"{UntrustedText.Quote(":" + number.Text)} at the end is read as a guidance weight and is no part of the text; "
                + "write a comma after it to keep it.");
        }
        else if (!isAlone && string.IsNullOrWhiteSpace(_syntax.TextOf(subPrompt).Text))
        {
            Add(PromptProblem.EmptySubPrompt, DiagnosticSeverity.Hint, subPrompt, "A side of AND is empty: it counts as a sub-prompt without text.");
        }
    }

    private void Weights()
    {
        foreach (var group in _syntax.AllNodes.OfType<EmphasisNode>().Where(group => _syntax.Source[group.Span.Start] == '('))
        {
            if (group.Number is { } number)
            {
                if (double.IsNaN(number.Value))
                {
                    Add(
                        PromptProblem.WeightIsNoNumber,
                        DiagnosticSeverity.Error,
                        number,
                        $"The weight {UntrustedText.Quote(number.Text)} is not a number; write it with one dot, such as 1.2.");
                }
            }
            else if (group.Children is [.., TokenNode { Kind: TokenKind.Colon }, TokenNode { Kind: TokenKind.Text } text, _] && LooksLikeNumber(text))
            {
                Add(
                    PromptProblem.LooksLikeWeight,
                    DiagnosticSeverity.Warning,
                    text,
                    "This is read as text and not as a weight; a weight is a sign, digits and one dot, such as 1.2.");
            }
        }
    }

    private bool LooksLikeNumber(TokenNode text)
    {
        var written = _syntax.Source.AsSpan(text.Span.Start, text.Span.Length).Trim();
        return written.Length > 0 && (char.IsAsciiDigit(written[0]) || written[0] is '+' or '-' or '.')
            && written.ContainsAnyInRange('0', '9') && !written.ContainsAny(' ', '\n');
    }

    private void Tags()
    {
        if (!_syntax.Options.NetworkTags)
        {
            foreach (var tag in PromptSyntax.Parse(_syntax.Source, _syntax.Options with { NetworkTags = true }).NetworkTags)
            {
                Add(
                    PromptProblem.TagInNegative,
                    DiagnosticSeverity.Warning,
                    tag,
                    "Network tags work in the prompt alone; here the tag is read as text.");
            }

            return;
        }

        var named = new HashSet<(string, string)>();
        var scheduleEnd = 0;
        foreach (var node in _syntax.AllNodes)
        {
            if (node is ScheduleNode or AlternationNode)
            {
                scheduleEnd = Math.Max(scheduleEnd, node.Span.End);
            }
            else if (node is NetworkTagNode tag)
            {
                Tag(tag, isScheduled: tag.Span.Start < scheduleEnd, isFirst: named.Add((tag.Name, tag.Items[0])));
            }
        }
    }

    private void Tag(NetworkTagNode tag, bool isScheduled, bool isFirst)
    {
        if (isScheduled)
        {
            Add(PromptProblem.TagInSchedule, DiagnosticSeverity.Warning, tag, "A network cannot be scheduled: it is used in every step.");
        }

        if (!isFirst)
        {
            Add(
                PromptProblem.TagTwice,
                DiagnosticSeverity.Warning,
                tag,
                "This network is already named in the prompt; name it once with the whole weight.");
        }
    }

    private void Add(PromptProblem problem, DiagnosticSeverity severity, PromptNode node, string message) =>
        _found.Add(new PromptDiagnostic(problem, severity, node.Span, message));
}
