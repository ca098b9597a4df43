using System.Collections.Immutable;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>Where the bytes of a weight lie. They are read by ONNX Runtime itself, straight from the file.</summary>
/// <param name="File">Absolute path of the file; not a symbolic link.</param>
/// <param name="DType">Element type in the file.</param>
/// <param name="Shape">Dimensions in the file, outermost first.</param>
/// <param name="Offset">First byte, counted from the start of the file; need not be aligned.</param>
/// <param name="ByteLength">Number of bytes.</param>
public sealed record StoredWeight(string File, StoredDType DType, ImmutableArray<long> Shape, long Offset, long ByteLength)
{
    /// <summary>Number of elements.</summary>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var dim in Shape)
            {
                count = checked(count * dim);
            }

            return count;
        }
    }
}
