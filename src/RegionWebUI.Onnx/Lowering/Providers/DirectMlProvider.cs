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
        .. CommonRules.All,
        ConvRules.Conv2d,
        ConvRules.ReversedByIndex,
        NormRules.GroupFused,
        NormRules.StandardizedByMeans,
        NormRules.InverseDeviationByMeans,
        AttentionRules.MultiHeadFusedWholeBias,
    ];

    public string Name => "DirectML";

    public KernelTable Kernels { get; } = KernelTable.Load("directml");

    public IReadOnlyDictionary<Type, LoweringRule> Rules { get; } = _table.ToDictionary(rule => rule.Op);
}
