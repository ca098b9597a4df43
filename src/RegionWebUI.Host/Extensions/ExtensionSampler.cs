namespace RegionWebUI.Host.Extensions;

/// <summary>A sampler of an extension as a list shows it.</summary>
/// <param name="Name">The name it is chosen by.</param>
/// <param name="Aliases">Further names that are taken for it.</param>
/// <param name="CallsPerStep">Model calls of one step: what a step costs.</param>
public sealed record ExtensionSampler(string Name, IReadOnlyList<string> Aliases, int CallsPerStep)
{
    /// <summary>The name, and what a step costs where that is more than usual: "Heun 3 (2 model calls a step)".</summary>
    public string Description => CallsPerStep == 1 ? Name : $"{Name} ({CallsPerStep} model calls a step)";
}
