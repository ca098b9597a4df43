using RegionWebUI.Host.Parameters;

namespace RegionWebUI.Host.Extensions;

/// <summary>One extension as a list shows it.</summary>
/// <param name="Id">Its id: lower-case letters, digits and '-'.</param>
/// <param name="State">Whether it takes part.</param>
public sealed record ExtensionEntry(string Id, ExtensionState State)
{
    /// <summary>Whether the program switched it off for its faults.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>Whether it is switched on, if it can be used or not.</summary>
    public bool IsSwitchedOn => State != ExtensionState.Off && !IsQuarantined;

    /// <summary>Its version; empty when it is not known.</summary>
    public string Version { get; init; } = "";

    /// <summary>Its name for people; the id when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it does, in a sentence or two.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its folder, as a full path; empty when it is missing.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Why it cannot be used, or what went wrong with it; null when all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Its parameters; empty unless it is on.</summary>
    public IReadOnlyList<GenerationParameter> Parameters { get; init; } = [];

    /// <summary>Its samplers, which requests may name; empty unless it is on.</summary>
    public IReadOnlyList<ExtensionSampler> Samplers { get; init; } = [];

    /// <summary>Its tabs; empty unless it is on.</summary>
    public IReadOnlyList<ExtensionTab> Tabs { get; init; } = [];

    /// <summary>Its commands; empty unless it is on.</summary>
    public IReadOnlyList<ExtensionCommand> Commands { get; init; } = [];
}
