using System.Globalization;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What can be said of a prompt without a model.</summary>
internal static class PromptRules
{
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

    private static bool IsOfWeights(PromptProblem problem) => problem is
        PromptProblem.UnclosedBracket or PromptProblem.UnopenedBracket or PromptProblem.CrossedBrackets or PromptProblem.WeightIsNoNumber
        or PromptProblem.LooksLikeWeight or PromptProblem.NotASchedule or PromptProblem.BreakInBrackets;
}
