namespace RegionWebUI.Onnx.Lowering;

/// <summary>Element types of ONNX tensors with the numbers the format gives them.</summary>
internal enum ElementType
{
    Float = 1,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    BFloat16 = 16,
}
