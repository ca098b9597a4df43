namespace RegionWebUI.Host.Models;

/// <summary>One model on this machine.</summary>
/// <param name="Name">Name of its folder, unique in the catalog.</param>
/// <param name="Kind">Family of the model, as shown to people: SD 1.x, SD 2.x, SDXL, pocket; "unknown" when its files do not say.</param>
/// <param name="Path">Its folder, as a full path.</param>
/// <param name="Bytes">Size of all its files.</param>
/// <param name="Problem">One sentence when the folder cannot be used as it is; otherwise null.</param>
public sealed record ModelEntry(string Name, string Kind, string Path, long Bytes, string? Problem);
