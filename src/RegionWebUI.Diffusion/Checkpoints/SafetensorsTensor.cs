using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Where one tensor lies in its file. Values are little-endian and row-major; no alignment is promised.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar, and a dimension may be 0.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="ByteLength">Number of bytes.</param>
internal sealed record SafetensorsTensor(string Name, SafetensorsDType DType, ImmutableArray<long> Shape, long Offset, long ByteLength)
{
    /// <summary>Number of elements: 1 for a scalar.</summary>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var dimension in Shape)
            {
                count *= dimension;
            }

            return count;
        }
    }

    /// <summary>The first byte after the tensor, counted from the start of the file.</summary>
    public long End => Offset + ByteLength;
}
