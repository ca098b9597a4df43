namespace RegionWebUI.Host.Models;

/// <summary>What is known about a model once it is loaded.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Name">Its name, as written to the infotext.</param>
/// <param name="Device">The device that was asked for.</param>
/// <param name="DeviceDescription">The device that runs and why it was chosen.</param>
/// <param name="NativeSize">Width and height the model was made for, in pixels.</param>
/// <param name="LoadSeconds">Seconds the load took.</param>
public sealed record LoadedModel(string Folder, string Name, string Device, string DeviceDescription, int NativeSize, double LoadSeconds);
