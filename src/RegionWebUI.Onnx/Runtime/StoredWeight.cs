namespace RegionWebUI.Onnx.Runtime;

/// <summary>Where the bytes of a weight lie. They are read by ONNX Runtime itself, straight from the file.</summary>
/// <param name="File">Absolute path of the file; not a symbolic link.</param>
/// <param name="DType">Element type in the file.</param>
/// <param name="ElementCount">Number of elements.</param>
/// <param name="Offset">First byte, counted from the start of the file; need not be aligned.</param>
/// <param name="ByteLength">Number of bytes.</param>
public sealed record StoredWeight(string File, StoredDType DType, long ElementCount, long Offset, long ByteLength);
