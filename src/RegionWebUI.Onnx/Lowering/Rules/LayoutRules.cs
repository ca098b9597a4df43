using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Ops that move elements.</summary>
internal static class LayoutRules
{
    public static LoweringRule Reshaped { get; } = LoweringRule.For<Layout.Reshaped>((emitter, node, op) =>
        emitter.Emit("Reshape", [emitter.Name(node.Inputs[0]), emitter.Dims(op.Target)]));

    public static LoweringRule Transposed { get; } = LoweringRule.For<Layout.Transposed>((emitter, node, op) =>
        emitter.Emit("Transpose", [emitter.Name(node.Inputs[0])], Ints("perm", op.Order)));

    public static LoweringRule Joined { get; } = LoweringRule.For<Layout.Joined>((emitter, node, op) =>
        emitter.Emit("Concat", node.Inputs.Select(emitter.Name), Int("axis", op.Axis)));

    public static LoweringRule Sliced { get; } = LoweringRule.For<Layout.Sliced>((emitter, node, op) => emitter.Emit(
        "Slice",
        [emitter.Name(node.Inputs[0]), emitter.Longs(op.Start), emitter.Longs(op.Start + op.Length), emitter.Longs(op.Axis), emitter.Longs(1)]));

    public static LoweringRule Padded { get; } = LoweringRule.For<Layout.Padded>((emitter, node, op) =>
    {
        var pads = new long[2 * node.Output.Shape.Rank];
        (pads[op.Axis], pads[node.Output.Shape.Rank + op.Axis]) = (op.Before, op.After);
        return emitter.Emit("Pad", [emitter.Name(node.Inputs[0]), emitter.Longs(pads)], String("mode", "constant"));
    });
}
