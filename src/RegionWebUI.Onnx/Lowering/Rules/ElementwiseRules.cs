using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Functions of single elements.</summary>
internal static class ElementwiseRules
{
    public static LoweringRule Sum { get; } = Standard<Elementwise.Sum>("Add");

    public static LoweringRule Product { get; } = Standard<Elementwise.Product>("Mul");

    public static LoweringRule Sine { get; } = Standard<Elementwise.Sine>("Sin");

    public static LoweringRule Cosine { get; } = Standard<Elementwise.Cosine>("Cos");

    public static LoweringRule Clamp { get; } = LoweringRule.For<Elementwise.Clamp>((emitter, node, op) => emitter.Emit(
        "Clip",
        [emitter.Name(node.Inputs[0]), emitter.Floats(new Shape(), [op.Low]), emitter.Floats(new Shape(), [op.High])]));

    /// <summary>x * sigmoid(slope x) in one kernel.</summary>
    public static LoweringRule SwishFused { get; } = LoweringRule.For<Elementwise.Swish>((emitter, node, op) =>
        emitter.Emit(OnnxEmitter.Contrib, "QuickGelu", [emitter.Name(node.Inputs[0])], Float("alpha", op.Slope)));

    /// <summary>GELU by erf in one kernel.</summary>
    public static LoweringRule GeluFused { get; } = LoweringRule.For<Elementwise.GeluErf>((emitter, node, _) =>
        emitter.Emit(OnnxEmitter.Contrib, "Gelu", [emitter.Name(node.Inputs[0])]));

    private static LoweringRule Standard<TOp>(string onnx)
        where TOp : Op =>
        LoweringRule.For<TOp>((emitter, node, _) => emitter.Emit(onnx, node.Inputs.Select(emitter.Name)));
}
