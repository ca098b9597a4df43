using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Convolutions in standard ONNX.</summary>
internal static class ConvRules
{
    public static LoweringRule Conv2d { get; } = LoweringRule.For<Conv.Conv2d>((emitter, node, op) => emitter.Emit(
        "Conv",
        node.Inputs.Select(emitter.Name),
        Ints("strides", op.Stride, op.Stride),
        Ints("pads", op.Top, op.Left, op.Bottom, op.Right),
        Ints("kernel_shape", node.Inputs[1].Shape[2], node.Inputs[1].Shape[3])));
}
