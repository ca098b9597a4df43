namespace RegionWebUI.Host.Extensions;

/// <summary>
/// An extension cannot be used. The message is the one-line reason its entry shows. It holds no object of the extension's own, so that
/// the extension can be unloaded.
/// </summary>
/// <param name="reason">The reason, one sentence.</param>
/// <param name="details">All that is known of it, for a log; null when the reason says everything.</param>
internal sealed class ExtensionRefusedException(string reason, string? details = null) : Exception(reason)
{
    /// <summary>All that is known of it, for a log; null when the reason says everything.</summary>
    public string? Details { get; } = details;
}
