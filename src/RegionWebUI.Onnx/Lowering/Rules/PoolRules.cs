using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Blocks of a picture.</summary>
internal static class PoolRules
{
    public static LoweringRule Average { get; } = Of<Pool.Average>("AveragePool");

    public static LoweringRule Greatest { get; } = Of<Pool.Greatest>("MaxPool");

    private static LoweringRule Of<TOp>(string onnx)
        where TOp : Pool.Blocks =>
        LoweringRule.For<TOp>((emitter, node, op) => emitter.Emit(
            onnx, [emitter.Name(node.Inputs[0])], Ints("kernel_shape", op.Height, op.Width), Ints("strides", op.Height, op.Width)));
}
