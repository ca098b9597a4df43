namespace RegionWebUI.Onnx.Runtime;

/// <summary>Turns what the user asked for (<c>auto</c>, <c>cpu</c>, <c>directml[:n]</c>, <c>webgpu</c>, <c>cuda</c>) into a device.</summary>
public static class DeviceSelector
{
    private static readonly (string Name, DeviceKind Kind)[] _known =
    [
        ("cpu", DeviceKind.Cpu),
        ("directml", DeviceKind.DirectMl),
        ("webgpu", DeviceKind.WebGpu),
        ("cuda", DeviceKind.Cuda),
    ];

    /// <summary>Device names that may be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", .. _known.Select(k => k.Name)];

    /// <summary>Chooses a device. A device that was asked for by name and cannot run is refused; nothing falls back in silence.</summary>
    /// <returns>Null when the name is not one of <see cref="Names"/>; only <c>directml</c> may carry an adapter number.</returns>
    /// <exception cref="RuntimeFailureException">Networks cannot be lowered for that device in this version.</exception>
    public static Device? Select(string requested)
    {
        ArgumentNullException.ThrowIfNull(requested);
        if (requested.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return Cpu("no card is supported in this version");
        }

        var name = requested.StartsWith("directml:", StringComparison.OrdinalIgnoreCase) ? "directml" : requested;
        foreach (var (known, kind) in _known)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return kind == DeviceKind.Cpu
                    ? Cpu("asked for")
                    : throw new RuntimeFailureException($"The device '{requested}' cannot run networks in this version; use 'cpu' or 'auto'.");
            }
        }

        return null;
    }

    private static Device Cpu(string reason) => new(DeviceKind.Cpu, $"CPU, {Environment.ProcessorCount} threads", reason);
}
