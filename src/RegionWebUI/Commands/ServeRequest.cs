namespace RegionWebUI.Commands;

/// <summary>What <c>serve</c> was asked for.</summary>
/// <param name="Options">Where to listen; a loopback address.</param>
/// <param name="DataDir">Data folder, or null for the usual one.</param>
/// <param name="Model">Model by name or folder, or null for the first.</param>
/// <param name="Device">Canonical device name.</param>
/// <param name="OpenBrowser">Whether to show the page.</param>
/// <param name="Extensions">Further folders of extensions.</param>
internal sealed record ServeRequest(
    ServeOptions Options, string? DataDir, string? Model, string Device, bool OpenBrowser, IReadOnlyList<string> Extensions);
