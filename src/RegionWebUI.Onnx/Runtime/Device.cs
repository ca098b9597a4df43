namespace RegionWebUI.Onnx.Runtime;

/// <summary>The device that runs, and why it was chosen.</summary>
/// <param name="Kind">Kind of device.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Reason">Why this device runs, one clause.</param>
public sealed record Device(DeviceKind Kind, string Name, string Reason)
{
    /// <summary>Name and reason in one line.</summary>
    public override string ToString() => $"{Name} ({Reason})";
}
