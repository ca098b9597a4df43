namespace RegionWebUI.Onnx.Runtime;

/// <summary>Kinds of device the program knows by name.</summary>
public enum DeviceKind
{
    /// <summary>The processor; always there.</summary>
    Cpu,

    /// <summary>A card through DirectML, on Windows.</summary>
    DirectMl,

    /// <summary>A card through WebGPU.</summary>
    WebGpu,

    /// <summary>An NVIDIA card through CUDA.</summary>
    Cuda,
}
