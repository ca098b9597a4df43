using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions;

/// <summary>A verb that an extension brings to the command line.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Options">Its options.</param>
/// <param name="Run">
/// Runs it with the options' values as text, by name; those left out take their defaults. Gives the exit code.
/// </param>
public sealed record ExtensionCommand(
    string Extension,
    string Verb,
    string Help,
    IReadOnlyList<ExtensionOption> Options,
    Func<IReadOnlyDictionary<string, string>, IEngine, CancellationToken, Task<int>> Run);
