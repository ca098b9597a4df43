using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Conditions as numbers.</summary>
internal static class MaskRules
{
    public static LoweringRule Inside { get; } = LoweringRule.For<Mask.Inside>((emitter, node, op) =>
    {
        var x = emitter.Name(node.Inputs[0]);
        var above = float.IsNegativeInfinity(op.Low) ? null : emitter.Emit("Greater", [x, emitter.Floats(new Shape(), [op.Low])]);
        var below = float.IsPositiveInfinity(op.High) ? null : emitter.Emit("Less", [x, emitter.Floats(new Shape(), [op.High])]);
        var both = above is null || below is null ? above ?? below! : emitter.Emit("And", [above, below]);
        return emitter.Emit("Cast", [both], Int("to", (long)ElementType.Float));
    });

    public static LoweringRule Same { get; } = LoweringRule.For<Mask.Same>((emitter, node, _) => emitter.Emit(
        "Cast", [emitter.Emit("Equal", node.Inputs.Select(emitter.Name))], Int("to", (long)ElementType.Float)));
}
