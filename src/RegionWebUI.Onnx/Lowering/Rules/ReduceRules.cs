using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Many elements to one, and one to many.</summary>
internal static class ReduceRules
{
    public static LoweringRule Total { get; } = LoweringRule.For<Reduce.Total>((emitter, node, op) => emitter.Emit(
        "ReduceSum", [emitter.Name(node.Inputs[0]), emitter.Longs([.. op.Axes.Select(axis => (long)axis)])], Int("keepdims", 1)));

    public static LoweringRule Average { get; } = LoweringRule.For<Reduce.Average>((emitter, node, op) =>
        emitter.Emit("ReduceMean", [emitter.Name(node.Inputs[0])], Ints("axes", op.Axes), Int("keepdims", 1)));

    public static LoweringRule Spread { get; } = LoweringRule.For<Reduce.Spread>((emitter, node, op) =>
        emitter.Emit("Expand", [emitter.Name(node.Inputs[0]), emitter.Dims(op.Target)]));

    public static LoweringRule SoftmaxLast { get; } = LoweringRule.For<Reduce.SoftmaxLast>((emitter, node, _) =>
        emitter.Emit("Softmax", [emitter.Name(node.Inputs[0])], Int("axis", -1)));
}
