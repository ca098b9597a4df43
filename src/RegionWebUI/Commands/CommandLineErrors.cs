using System.CommandLine;
using RegionWebUI.Diffusion;

namespace RegionWebUI.Commands;

/// <summary>Says in one sentence why a command line cannot be understood.</summary>
internal static class CommandLineErrors
{
    /// <summary>The first error, or null when there is none.</summary>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is not [var stray, ..])
        {
            return parsed.Errors[0].Message.ReplaceLineEndings(" ");
        }

        var shown = NameSuggestion.Shortened(stray);
        if (stray.StartsWith('-'))
        {
            var nearest = NameSuggestion.Nearest(stray, command.Options.Select(o => o.Name));
            return $"'{command.Name}' has no option '{shown}'{(nearest is null ? "" : $"; the nearest is '{nearest}'")}.";
        }

        return command.Subcommands.Count > 0
            ? $"There is no command '{shown}'; the nearest is '{NameSuggestion.Nearest(stray, command.Subcommands.Select(c => c.Name))}'."
            : $"'{shown}' belongs to no option of '{command.Name}'; a value with spaces needs quotes around it.";
    }
}
