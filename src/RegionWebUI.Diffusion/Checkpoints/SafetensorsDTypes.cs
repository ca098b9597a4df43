using System.Text;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Names and sizes of the element types.</summary>
internal static class SafetensorsDTypes
{
    // safetensors README and tensor.rs (Dtype, bitsize).
    private static readonly (SafetensorsDType Type, string Name, int Bits)[] _table =
    [
        (SafetensorsDType.Bool, "BOOL", 8),
        (SafetensorsDType.U8, "U8", 8),
        (SafetensorsDType.I8, "I8", 8),
        (SafetensorsDType.I16, "I16", 16),
        (SafetensorsDType.U16, "U16", 16),
        (SafetensorsDType.I32, "I32", 32),
        (SafetensorsDType.U32, "U32", 32),
        (SafetensorsDType.I64, "I64", 64),
        (SafetensorsDType.U64, "U64", 64),
        (SafetensorsDType.F16, "F16", 16),
        (SafetensorsDType.BF16, "BF16", 16),
        (SafetensorsDType.F32, "F32", 32),
        (SafetensorsDType.F64, "F64", 64),
        (SafetensorsDType.C64, "C64", 64),
        (SafetensorsDType.F8E4M3, "F8_E4M3", 8),
        (SafetensorsDType.F8E5M2, "F8_E5M2", 8),
        (SafetensorsDType.F8E8M0, "F8_E8M0", 8),
        (SafetensorsDType.F8E4M3Fnuz, "F8_E4M3FNUZ", 8),
        (SafetensorsDType.F8E5M2Fnuz, "F8_E5M2FNUZ", 8),
        (SafetensorsDType.F6E2M3, "F6_E2M3", 6),
        (SafetensorsDType.F6E3M2, "F6_E3M2", 6),
        (SafetensorsDType.F4, "F4", 4),
    ];

    private static readonly byte[][] _utf8Names = [.. _table.Select(entry => Encoding.UTF8.GetBytes(entry.Name))];

    private static readonly SafetensorsDType[] _allTypes = [.. _table.Select(entry => entry.Type)];

    /// <summary>Every type.</summary>
    public static ReadOnlySpan<SafetensorsDType> All => _allTypes;

    /// <summary>Size of one element in bits: 4, 6, 8, 16, 32 or 64.</summary>
    public static int Bits(this SafetensorsDType type) => _table[(int)type].Bits;

    /// <summary>The name as files spell it.</summary>
    public static string Name(this SafetensorsDType type) => _table[(int)type].Name;

    /// <summary>The name as its bytes in a file.</summary>
    public static ReadOnlySpan<byte> Utf8Name(this SafetensorsDType type) => _utf8Names[(int)type];
}
