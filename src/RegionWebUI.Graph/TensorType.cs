namespace RegionWebUI.Graph;

/// <summary>Element type and literal shape of a value.</summary>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Literal shape.</param>
public sealed record TensorType(DType DType, Shape Shape)
{
    /// <summary>A float32 tensor of the given shape.</summary>
    public static TensorType Float(params ReadOnlySpan<int> dims) => new(DType.Float32, new Shape(dims));

    /// <summary>An int64 tensor of the given shape.</summary>
    public static TensorType Int64(params ReadOnlySpan<int> dims) => new(DType.Int64, new Shape(dims));

    /// <summary>The type as people write it: <c>Float32[2, 4]</c>.</summary>
    public override string ToString() => $"{DType}{Shape}";
}
