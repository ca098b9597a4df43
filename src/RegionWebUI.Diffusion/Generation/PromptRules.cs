using System.Globalization;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What can be said of a prompt without a model.</summary>
internal static class PromptRules
{
    private const double MostWeight = 1_000_000;

    /// <summary>The first reason why no picture can be made from a prompt; null where there is none.</summary>
    /// <param name="field">The prompt's property of the request.</param>
    /// <param name="label">Which prompt, at the start of a sentence.</param>
    /// <param name="prompt">As typed.</param>
    /// <param name="language">Which parts of the language it may use.</param>
    /// <param name="request">What it belongs to.</param>
    public static RequestProblem? Problem(string field, string label, string prompt, PromptOptions language, GenerationRequest request)
    {
        if (TooLong(label, prompt) is { } tooLong)
        {
            return new RequestProblem(field, tooLong);
        }

        var schedule = new ScheduleSettings(Math.Max(request.Steps, RequestLimits.MinSteps), IsOld: request.TextSettings.OldSchedules);
        return Diagnostics(PromptSyntax.Parse(prompt, language), schedule, request.TextSettings.Emphasis)
            .FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error
            ? new RequestProblem(field, At(label, error.Span, error.Message))
            : null;
    }

    /// <summary>What is wrong with a prompt that is too long, in one sentence; null when it is not.</summary>
    /// <param name="label">Which prompt, at the start of a sentence.</param>
    /// <param name="prompt">As typed.</param>
    public static string? TooLong(string label, string prompt) => prompt.Length <= RequestLimits.PromptLength
        ? null
        : string.Create(
            CultureInfo.InvariantCulture, $"{label} may have at most {RequestLimits.PromptLength:N0} characters, not {prompt.Length:N0}.");

    /// <summary>What may surprise in a prompt, in its order.</summary>
    /// <param name="syntax">The prompt.</param>
    /// <param name="schedule">Steps of the run.</param>
    /// <param name="emphasis">What weights do: where brackets are not read, nothing is wrong with them.</param>
    public static IEnumerable<PromptDiagnostic> Diagnostics(PromptSyntax syntax, ScheduleSettings schedule, EmphasisMode emphasis) =>
        PromptInspector.Inspect(syntax, schedule).Where(found => emphasis != EmphasisMode.None || !IsOfWeights(found.Problem));

    /// <summary>One sentence on a network tag that nothing here can follow.</summary>
    public static string LeftOut(NetworkTagNode tag) =>
        $"There is no network {UntrustedText.Quote(tag.Items[0])} here; the tag is left out of the text and changes nothing.";

    /// <summary>One sentence that says where in a prompt something is wrong.</summary>
    /// <param name="label">Which prompt, at the start of a sentence.</param>
    /// <param name="span">Where.</param>
    /// <param name="message">A sentence on what is wrong.</param>
    public static string At(string label, TextSpan span, string message) =>
        $"{label} cannot be read at character {span.Start + 1}: {char.ToLowerInvariant(message[0])}{message[1..]}";

    /// <summary>Refuses a weight that no network can take.</summary>
    /// <param name="weight">The weight, all brackets around it counted.</param>
    /// <param name="span">Where it counts.</param>
    /// <exception cref="PromptException">It is out of range.</exception>
    public static void RequireUsable(double weight, TextSpan span)
    {
        if (!(Math.Abs(weight) <= MostWeight))
        {
            throw new PromptException(
                string.Create(CultureInfo.InvariantCulture, $"The weight here comes to {weight}; it must be from {-MostWeight} to {MostWeight}."),
                span);
        }
    }

    private static bool IsOfWeights(PromptProblem problem) => problem is
        PromptProblem.UnclosedBracket or PromptProblem.UnopenedBracket or PromptProblem.CrossedBrackets or PromptProblem.WeightIsNoNumber
        or PromptProblem.LooksLikeWeight or PromptProblem.NotASchedule or PromptProblem.BreakInBrackets;
}
