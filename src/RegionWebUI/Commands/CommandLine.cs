using System.CommandLine;

namespace RegionWebUI.Commands;

/// <summary>
/// The program as the command line sees it: <c>serve</c> (when no verb is given), <c>generate</c>, <c>info</c>, <c>model</c>,
/// <c>extension</c>, <c>styles</c>, and the verbs of extensions that are on.
/// </summary>
internal static class CommandLine
{
    private const string DefaultVerb = "serve";

    /// <summary>The program's own verbs.</summary>
    internal static IReadOnlyCollection<string> Verbs { get; } = [DefaultVerb, "generate", "info", "model", "extension", "styles"];

    /// <summary>
    /// How long the program may take to end after Ctrl+C: longer than the bounds of its parts together (2 s open requests,
    /// 10 s the running job, 3 s the model), so that each of them can keep its own.
    /// </summary>
    internal static readonly TimeSpan TerminationTime = TimeSpan.FromSeconds(20);

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
            InfoCommand.Create(parts),
            ModelCommand.Create(parts),
            ExtensionsCommand.Create(parts),
            StylesCommand.Create(parts),
        };
        args = WithVerb(args);
        if (!Verbs.Contains(args[0]) && args[0] != "--version")
        {
            // Help, or a verb that may be an extension's; the program's own verbs do not wait for extensions to be looked through.
            var code = await Guard.RunAsync(parts, () => Task.FromResult(AddExtensionVerbs(root, args, parts)), cancellationToken);
            if (code != ExitCode.Ok)
            {
                return code;
            }
        }

        return await RunAsync(root.Parse(args, _parser), parts, cancellationToken);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramParts parts, CancellationToken cancellationToken)
    {
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
            ProcessTerminationTimeout = TerminationTime,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static int AddExtensionVerbs(RootCommand root, string[] args, ProgramParts parts)
    {
        ExtensionVerbs.AddTo(root, args, parts);
        return ExitCode.Ok;
    }

    private static string[] WithVerb(string[] args) => args switch
    {
        [] => [DefaultVerb],
        ["--help" or "-h" or "-?" or "--version", ..] => args,
        [var first, ..] when first.StartsWith('-') => [DefaultVerb, .. args],
        _ => args,
    };
}
