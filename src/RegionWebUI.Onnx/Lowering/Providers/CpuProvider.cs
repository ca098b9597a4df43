using RegionWebUI.Onnx.Lowering.Rules;

namespace RegionWebUI.Onnx.Lowering.Providers;

/// <summary>The CPU execution provider: float32 throughout, whatever the file holds.</summary>
internal sealed class CpuProvider : IProvider
{
    private static readonly LoweringRule[] _table =
    [
        .. CommonRules.All,
        ConvRules.Conv2dOfCpu,
        ConvRules.Reversed,
        NormRules.GroupByInstance,
        NormRules.Standardized,
        NormRules.InverseDeviation,
        AttentionRules.MultiHeadFused,
    ];

    public string Name => "CPU";

    public KernelTable Kernels { get; } = KernelTable.Cpu;

    public IReadOnlyDictionary<Type, LoweringRule> Rules { get; } = _table.ToDictionary(rule => rule.Op);
}
