using RegionWebUI.Host.Parameters;

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

    /// <summary>What a request can say, with its legal ranges and names.</summary>
    public required GenerationParameters Parameters { get; init; }
}
