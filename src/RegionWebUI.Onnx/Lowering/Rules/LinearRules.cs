using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Dense layers in standard ONNX.</summary>
internal static class LinearRules
{
    /// <summary>
    /// The transposed weight is folded when the session is built, after which MatMul packs it once: measured faster than Gemm with transB.
    /// </summary>
    public static LoweringRule DenseByFoldedTranspose { get; } = LoweringRule.For<Linear.Dense>((emitter, node, _) =>
    {
        var transposed = emitter.Emit("Transpose", [emitter.Name(node.Inputs[1])], Ints("perm", 1, 0));
        var product = emitter.Emit("MatMul", [emitter.Name(node.Inputs[0]), transposed]);
        return node.Inputs.Length == 2 ? product : emitter.Emit("Add", [product, emitter.Name(node.Inputs[2])]);
    });
}
