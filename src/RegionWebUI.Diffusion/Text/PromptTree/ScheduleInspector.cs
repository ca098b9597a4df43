using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Looks for schedules that do not do what they seem to, and for brackets that seem to be schedules.</summary>
/// <param name="source">The prompt as typed.</param>
/// <param name="settings">Steps of the run, or null where they are not known yet.</param>
/// <param name="found">Takes the problems.</param>
internal sealed class ScheduleInspector(string source, ScheduleSettings? settings, List<PromptDiagnostic> found)
{
    /// <summary>Adds the problems of a sub-prompt.</summary>
    public void Inspect(SubPromptNode subPrompt)
    {
        var seeming = new List<PromptNode>();
        PromptNode? culprit = null;
        foreach (var node in subPrompt.Content.SelectMany(node => node.WithDescendants()))
        {
            switch (node)
            {
                case ScheduleNode schedule when settings is not null:
                    Switch(schedule, settings);
                    break;
                case EmphasisNode { Number: null } group when source[group.Span.Start] == '[' && group.Children.Any(IsSeparator):
                    seeming.Add(group);
                    break;
                case TokenNode { Kind: TokenKind.Escape } escape when escape.Clean.Length == 1:
                    culprit ??= escape;
                    break;
                case TokenNode { Kind: TokenKind.Bar } bar when seeming.Count == 0 || seeming[^1].Span.End < bar.Span.Start:
                    culprit ??= bar;
                    break;
                default:
                    break;
            }
        }

        if (subPrompt.IsLiteral && seeming.Count > 0)
        {
            Add(
                PromptProblem.SchedulesOff,
                DiagnosticSeverity.Warning,
                (culprit ?? seeming[0]).Span,
                "No [a:b:5] or [a|b] of this text works: a '|' stands outside square brackets or beside a ':', or a '\\' ends a line.");
        }
        else
        {
            seeming.ForEach(group => Add(
                PromptProblem.NotASchedule,
                DiagnosticSeverity.Hint,
                group.Span,
                "These brackets are no schedule and weaken the text; a schedule is [before:after:step], an alternation [a|b]."));
        }
    }

    private static bool IsSeparator(PromptNode node) => node is TokenNode { Kind: TokenKind.Colon or TokenKind.Bar };

    private void Switch(ScheduleNode schedule, ScheduleSettings run)
    {
        int step;
        try
        {
            step = run.SwitchStep(schedule.When);
        }
        catch (PromptException error)
        {
            Add(PromptProblem.SwitchStepTooLarge, DiagnosticSeverity.Error, error.Span, error.Message);
            return;
        }

        var number = schedule.When.Text;
        var shown = UntrustedText.Quote(number);
        if (step >= run.PassSteps - 1)
        {
            var rule = number.Contains('.') ? "with a dot it is a share of the steps, below 1.0" : $"the picture has {run.PassSteps} steps";
            Add(PromptProblem.NeverSwitches, DiagnosticSeverity.Warning, schedule.Span, $"This never switches at {shown}: {rule}.");
        }
        else if (step < 1 && !schedule.Before.IsEmpty)
        {
            Add(
                PromptProblem.SwitchedFromStart,
                DiagnosticSeverity.Warning,
                schedule.Span,
                $"The first text is never used: {shown} is before step 1 of {run.PassSteps}; a share needs a dot, such as 0.5.");
        }
    }

    private void Add(PromptProblem problem, DiagnosticSeverity severity, TextSpan span, string message) =>
        found.Add(new PromptDiagnostic(problem, severity, span, message));
}
