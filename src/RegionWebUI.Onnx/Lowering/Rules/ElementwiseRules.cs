using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Functions of single elements.</summary>
internal static class ElementwiseRules
{
    public static LoweringRule Sum { get; } = Standard<Elementwise.Sum>("Add");

    public static LoweringRule Product { get; } = Standard<Elementwise.Product>("Mul");

    public static LoweringRule Difference { get; } = Standard<Elementwise.Difference>("Sub");

    public static LoweringRule Quotient { get; } = Standard<Elementwise.Quotient>("Div");

    public static LoweringRule Exponential { get; } = Standard<Function.Exponential>("Exp");

    public static LoweringRule Logarithm { get; } = Standard<Function.Logarithm>("Log");

    public static LoweringRule SquareRoot { get; } = Standard<Function.SquareRoot>("Sqrt");

    public static LoweringRule Sine { get; } = Standard<Function.Sine>("Sin");

    public static LoweringRule Cosine { get; } = Standard<Function.Cosine>("Cos");

    public static LoweringRule ArcSine { get; } = Standard<Function.ArcSine>("Asin");

    public static LoweringRule ErrorFunction { get; } = Standard<Function.ErrorFunction>("Erf");

    public static LoweringRule Logistic { get; } = Standard<Activation.Logistic>("Sigmoid");

    public static LoweringRule Rectified { get; } = Standard<Activation.Rectified>("Relu");

    public static LoweringRule Clamp { get; } = LoweringRule.For<Function.Clamp>((emitter, node, op) => emitter.Emit(
        "Clip",
        [emitter.Name(node.Inputs[0]), emitter.Floats(new Shape(), [op.Low]), emitter.Floats(new Shape(), [op.High])]));

    /// <summary>x * sigmoid(slope x) in one kernel.</summary>
    public static LoweringRule SwishFused { get; } = LoweringRule.For<Activation.Swish>((emitter, node, op) =>
        emitter.Emit(OnnxEmitter.Contrib, "QuickGelu", [emitter.Name(node.Inputs[0])], Float("alpha", op.Factor)));

    /// <summary>GELU by erf in one kernel.</summary>
    public static LoweringRule GeluFused { get; } = LoweringRule.For<Activation.GeluErf>((emitter, node, _) =>
        emitter.Emit(OnnxEmitter.Contrib, "Gelu", [emitter.Name(node.Inputs[0])]));

    private static LoweringRule Standard<TOp>(string onnx)
        where TOp : Op =>
        LoweringRule.For<TOp>((emitter, node, _) => emitter.Emit(onnx, node.Inputs.Select(emitter.Name)));
}
