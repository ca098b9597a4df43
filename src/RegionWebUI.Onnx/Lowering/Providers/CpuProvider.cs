using RegionWebUI.Onnx.Lowering.Rules;

namespace RegionWebUI.Onnx.Lowering.Providers;

/// <summary>The CPU execution provider: float32 throughout, whatever the file holds.</summary>
internal sealed class CpuProvider : IProvider
{
    private static readonly LoweringRule[] _table =
    [
        ConvRules.Conv2dOfCpu,
        ConvRules.Transposed2d,
        ConvRules.Reversed,
        LinearRules.DenseByTransposingKernel,
        NormRules.Layer,
        NormRules.GroupByInstance,
        NormRules.Standardized,
        NormRules.InverseDeviation,
        MatrixRules.ProductFused,
        AttentionRules.MultiHeadFused,
        ResampleRules.NearestUpsample,
        ElementwiseRules.Sum,
        ElementwiseRules.Product,
        ElementwiseRules.Difference,
        ElementwiseRules.Quotient,
        ElementwiseRules.Exponential,
        ElementwiseRules.Logarithm,
        ElementwiseRules.SquareRoot,
        ElementwiseRules.Sine,
        ElementwiseRules.Cosine,
        ElementwiseRules.ArcSine,
        ElementwiseRules.ErrorFunction,
        ElementwiseRules.Logistic,
        ElementwiseRules.Rectified,
        ElementwiseRules.Clamp,
        ElementwiseRules.SwishFused,
        ElementwiseRules.GeluFused,
        LayoutRules.Reshaped,
        LayoutRules.Transposed,
        LayoutRules.Joined,
        LayoutRules.Sliced,
        LayoutRules.Padded,
        ReduceRules.Total,
        ReduceRules.Average,
        ReduceRules.Spread,
        ReduceRules.SoftmaxLast,
        MaskRules.Inside,
        MaskRules.Same,
        PoolRules.Average,
        PoolRules.Greatest,
        LookupRules.Rows,
        LookupRules.RowOfEach,
        LookupRules.MarkOfEach,
    ];

    public string Name => "CPU";

    public KernelTable Kernels { get; } = KernelTable.Cpu;

    public IReadOnlyDictionary<Type, LoweringRule> Rules { get; } = _table.ToDictionary(rule => rule.Op);
}
