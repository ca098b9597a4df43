using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Commands;

/// <summary>Turns whatever ends a command into one sentence and an exit code.</summary>
internal static class Guard
{
    private const string WhereToLook = $"set {ProgramParts.TraceVariable}=1 to see where.";

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code, or that of the error that ended it.</returns>
    public static async Task<int> RunAsync(ProgramParts parts, Func<Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            parts.Error.WriteLine("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            // The user gets a sentence, not a stack trace.
            var (code, sentence) = Explain(error);
            parts.Error.WriteLine(sentence);
            if (parts.IsTraced)
            {
                parts.Error.WriteLine(error);
            }

            return code;
        }
    }

    private static (int Code, string Sentence) Explain(Exception error) => error switch
    {
        BadInputException => (ExitCode.BadInput, error.Message),
        ModelException => (ExitCode.Model, error.Message),
        DeviceException => (ExitCode.Device, error.Message),
        PictureFileException => (ExitCode.BadInput, error.Message),
        ExtensionCommandException or SamplerFailureException => (ExitCode.Unexpected, $"{OneLine.Of(error.Message)}; {WhereToLook}"),
        OutOfMemoryException => (ExitCode.Device, "Memory ran out; try a smaller size or batch."),
        IOException or UnauthorizedAccessException => (ExitCode.BadInput, $"A file could not be written or read ({OneLine.Of(error.Message)})."),
        _ => (ExitCode.Unexpected, $"RegionWebUI ended with an unexpected error ({OneLine.Of(error.Message)}); {WhereToLook}"),
    };
}
