using RegionWebUI.Onnx.Lowering.Rules;

namespace RegionWebUI.Onnx.Lowering.Providers;

/// <summary>The CPU execution provider: float32 throughout, whatever the file holds.</summary>
internal sealed class CpuProvider : IProvider
{
    private static readonly LoweringRule[] _table =
    [
        ConvRules.Conv2dOfCpu,
        LinearRules.DenseByTransposingKernel,
        NormRules.Layer,
        NormRules.GroupByInstance,
        AttentionRules.MultiHeadFused,
        ResampleRules.NearestUpsample,
        ElementwiseRules.Sum,
        ElementwiseRules.Product,
        ElementwiseRules.Sine,
        ElementwiseRules.Cosine,
        ElementwiseRules.Clamp,
        ElementwiseRules.SwishFused,
        ElementwiseRules.GeluFused,
        LayoutRules.Reshaped,
        LayoutRules.Transposed,
        LayoutRules.Joined,
        LayoutRules.Sliced,
        LookupRules.Rows,
        LookupRules.RowOfEach,
    ];

    public string Name => "CPU";

    public KernelTable Kernels { get; } = KernelTable.Load("cpu");

    public IReadOnlyDictionary<Type, LoweringRule> Rules { get; } = _table.ToDictionary(rule => rule.Op);
}
