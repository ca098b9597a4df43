namespace RegionWebUI.Host.Extensions;

/// <summary>A folder that holds extensions, one folder each.</summary>
/// <param name="Folder">The folder; it need not exist.</param>
/// <param name="IsOwn">Whether its extensions came with the program, so that they are on until the user switches them off.</param>
public sealed record ExtensionRoot(string Folder, bool IsOwn);
