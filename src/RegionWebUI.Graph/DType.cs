namespace RegionWebUI.Graph;

/// <summary>Element type of a tensor.</summary>
public enum DType
{
    /// <summary>32-bit IEEE float; what every network computes in on the CPU.</summary>
    Float32,

    /// <summary>16-bit IEEE float.</summary>
    Float16,

    /// <summary>64-bit signed integer: token ids, positions.</summary>
    Int64,
}
