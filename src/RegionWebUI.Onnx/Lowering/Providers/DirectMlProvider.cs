using RegionWebUI.Onnx.Lowering.Rules;

namespace RegionWebUI.Onnx.Lowering.Providers;

/// <summary>
/// The DirectML execution provider: float32 throughout, whatever the file holds. It makes one program of a graph whose shapes are literal and
/// whose parameters lie in the file, so everything here is of that kind; Kernels/directml.tsv says what it runs.
/// </summary>
internal sealed class DirectMlProvider : IProvider
{
    private static readonly LoweringRule[] _table =
    [
        ConvRules.Conv2d,
        ConvRules.Transposed2d,
        ConvRules.ReversedByIndex,
        LinearRules.DenseByTransposingKernel,
        NormRules.Layer,
        NormRules.GroupFused,
        NormRules.StandardizedByMeans,
        NormRules.InverseDeviationByMeans,
        MatrixRules.ProductFused,
        AttentionRules.MultiHeadFusedWholeBias,
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

    public string Name => "DirectML";

    public KernelTable Kernels { get; } = KernelTable.Load("directml");

    public IReadOnlyDictionary<Type, LoweringRule> Rules { get; } = _table.ToDictionary(rule => rule.Op);
}
