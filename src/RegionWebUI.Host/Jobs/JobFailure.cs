using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Jobs;

/// <summary>What people are told about an error that ended a job.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Field">Parameter at fault, or null.</param>
/// <param name="IsExpected">Whether the error is one that the engine's contract names.</param>
internal sealed record JobFailure(string Message, string? Field, bool IsExpected)
{
    public static JobFailure From(Exception error) => error switch
    {
        BadInputException bad => new(bad.Message, bad.Field, true),
        SamplerFailureException => new(error.Message, nameof(GenerationRequest.Sampler), false),
        ModelException or DeviceException => new(error.Message, null, true),
        OutOfMemoryException => new("Memory ran out; try a smaller size or batch.", null, true),
        OperationCanceledException => new("The run stopped by itself before its end.", null, false),
        IOException or UnauthorizedAccessException => new($"A file could not be written or read: {Sentence(error.Message)}", null, true),
        _ => new($"The run ended with an unexpected error: {Sentence(error.Message)}", null, false),
    };

    private static string Sentence(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line is "" ? "it gave no reason." : line.EndsWith('.') ? line : line + ".";
    }
}
