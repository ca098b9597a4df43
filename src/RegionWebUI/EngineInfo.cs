namespace RegionWebUI;

/// <summary>What the page says about the engine and offers as choices.</summary>
internal sealed record EngineInfo
{
    /// <summary>Name of the loaded model.</summary>
    public required string ModelName { get; init; }

    /// <summary>Device that runs and why it was chosen.</summary>
    public required string Device { get; init; }

    /// <summary>Width and height the model was made for, in pixels.</summary>
    public required int NativeSize { get; init; }

    /// <summary>Names of the samplers, in the order shown.</summary>
    public required IReadOnlyList<string> Samplers { get; init; }

    /// <summary>Names of the schedules, in the order shown; the first is Automatic.</summary>
    public required IReadOnlyList<string> Schedules { get; init; }
}
