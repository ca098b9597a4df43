using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Products of matrices.</summary>
internal static class MatrixRules
{
    /// <summary>Transposes on the fly, for providers that have ONNX Runtime's own op.</summary>
    public static LoweringRule ProductFused { get; } = LoweringRule.For<Matrix.Product>((emitter, node, op) => !op.TransposeA && !op.TransposeB
        ? emitter.Emit("MatMul", node.Inputs.Select(emitter.Name))
        : emitter.Emit(
            OnnxEmitter.Contrib,
            "FusedMatMul",
            node.Inputs.Select(emitter.Name),
            Int("transA", op.TransposeA ? 1 : 0),
            Int("transB", op.TransposeB ? 1 : 0)));
}
