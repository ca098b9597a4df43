namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Rules that every provider takes as they are.</summary>
internal static class CommonRules
{
    public static IReadOnlyList<LoweringRule> All { get; } =
    [
        ConvRules.Transposed2d,
        LinearRules.DenseByTransposingKernel,
        NormRules.Layer,
        MatrixRules.ProductFused,
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
}
