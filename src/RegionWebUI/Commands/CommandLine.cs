using System.CommandLine;

namespace RegionWebUI.Commands;

/// <summary>The program as the command line sees it: <c>serve</c> (when no verb is given), <c>generate</c>, <c>model list</c>.</summary>
internal static class CommandLine
{
    private const string DefaultVerb = "serve";

    // Longer than the queue's own bound, so that a running job can end before the process does.
    private static readonly TimeSpan _terminationTime = TimeSpan.FromSeconds(15);

    // A prompt may begin with @.
    private static readonly ParserConfiguration _parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs the program.</summary>
    /// <param name="args">What the user typed.</param>
    /// <param name="parts">What the commands are made of.</param>
    /// <param name="cancellationToken">Ends the command as Ctrl+C does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, ProgramParts parts, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Pictures from prompts, on this machine.")
        {
            ServeCommand.Create(parts),
            GenerateCommand.Create(parts),
            ModelCommand.Create(parts),
        };
        var parsed = root.Parse(WithVerb(args), _parser);
        if (CommandLineErrors.Of(parsed) is { } sentence)
        {
            parts.Error.WriteLine(sentence);
            return ExitCode.BadInput;
        }

        var invocation = new InvocationConfiguration
        {
            Output = parts.Out,
            Error = parts.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = _terminationTime,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static string[] WithVerb(string[] args) => args switch
    {
        [] => [DefaultVerb],
        ["--help" or "-h" or "-?" or "--version", ..] => args,
        [var first, ..] when first.StartsWith('-') => [DefaultVerb, .. args],
        _ => args,
    };
}
