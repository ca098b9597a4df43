namespace RegionWebUI.Onnx.Runtime;

/// <summary>Element type a checkpoint file holds a weight in.</summary>
public enum StoredDType
{
    /// <summary>32-bit float.</summary>
    Float32,

    /// <summary>16-bit IEEE float.</summary>
    Float16,

    /// <summary>The upper half of a 32-bit float.</summary>
    BFloat16,
}
