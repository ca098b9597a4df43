using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What in a request's prompts is legal and hardly ever meant: for those who see no marks while they type.</summary>
public static class PromptWarnings
{
    /// <summary>One sentence each, with its place, the prompt's before those of the negative prompt.</summary>
    /// <param name="request">A request whose prompts are legal.</param>
    /// <param name="samplerCalls">Model calls of its run, 1 or more.</param>
    public static IReadOnlyList<string> Of(GenerationRequest request, int samplerCalls)
    {
        ArgumentNullException.ThrowIfNull(request);
        return
        [
            .. Of("Prompt", request.Prompt, PromptOptions.Positive, request, samplerCalls),
            .. Of("Negative prompt", request.NegativePrompt, PromptOptions.Negative, request, samplerCalls),
        ];
    }

    private static IEnumerable<string> Of(string label, string prompt, PromptOptions language, GenerationRequest request, int calls)
    {
        var syntax = PromptSyntax.Parse(prompt, language);
        var schedule = new ScheduleSettings(calls, IsOld: request.TextSettings.OldSchedules);
        return PromptRules.Diagnostics(syntax, schedule, request.TextSettings.Emphasis)
            .Where(found => found.Severity == DiagnosticSeverity.Warning)
            .Select(found => (found.Span, found.Message))
            .Concat(syntax.NetworkTags.Select(tag => (tag.Span, Message: PromptRules.LeftOut(tag))))
            .OrderBy(found => found.Span.Start)
            .Select(found => $"{label}, character {found.Span.Start + 1}: {found.Message}");
    }
}
