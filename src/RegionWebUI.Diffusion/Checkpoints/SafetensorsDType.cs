namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Element types of the safetensors format, in its own spelling (without the underscores).</summary>
internal enum SafetensorsDType : byte
{
    Bool,
    U8,
    I8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    F16,
    BF16,
    F32,
    F64,
    C64,
    F8E4M3,
    F8E5M2,
    F8E8M0,
    F8E4M3Fnuz,
    F8E5M2Fnuz,
    F6E2M3,
    F6E3M2,
    F4,
}
