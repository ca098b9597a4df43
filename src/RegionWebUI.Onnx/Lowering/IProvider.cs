namespace RegionWebUI.Onnx.Lowering;

/// <summary>
/// What one execution provider can run and how ops are written for it. Networks never know which provider they end on:
/// a new provider is a new implementation of this interface beside the CPU's.
/// </summary>
internal interface IProvider
{
    /// <summary>Name for people: CPU, DirectML, WebGPU.</summary>
    string Name { get; }

    /// <summary>Kernels the provider has; a lowered node outside this table is an error of the lowering.</summary>
    KernelTable Kernels { get; }

    /// <summary>One rule per op type.</summary>
    IReadOnlyDictionary<Type, LoweringRule> Rules { get; }
}
