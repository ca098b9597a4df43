namespace RegionWebUI.Host.Extensions;

/// <summary>What is remembered of one extension.</summary>
/// <param name="Id">Its id.</param>
/// <param name="On">Whether the user switched it on; null when he never said.</param>
/// <param name="Quarantined">Why the program switched it off; null when it did not.</param>
internal sealed record ExtensionChoice(string Id, bool? On, string? Quarantined = null);
