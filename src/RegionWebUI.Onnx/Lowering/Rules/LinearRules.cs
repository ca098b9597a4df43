using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Dense layers in standard ONNX.</summary>
internal static class LinearRules
{
    /// <summary>
    /// Kernels that take the weight as it lies in the file: 0.99 of the time of MatMul with a transposed weight that is folded when the session
    /// is built, and the session is ready in 0.8 of the time. Gemm adds the bias in the same pass and wants a matrix.
    /// </summary>
    public static LoweringRule DenseByTransposingKernel { get; } = LoweringRule.For<Linear.Dense>((emitter, node, _) =>
    {
        var (x, weight) = (emitter.Name(node.Inputs[0]), emitter.Name(node.Inputs[1]));
        if (node.Inputs.Length == 2)
        {
            return emitter.Emit(OnnxEmitter.Contrib, "FusedMatMul", [x, weight], Int("transB", 1));
        }

        var (shape, bias) = (node.Inputs[0].Shape, emitter.Name(node.Inputs[2]));
        if (shape.Rank == 2)
        {
            return emitter.Emit("Gemm", [x, weight, bias], Int("transB", 1));
        }

        var rows = emitter.Emit("Reshape", [x, emitter.Longs(shape.ElementCount / shape[^1], shape[^1])]);
        return emitter.Emit("Reshape", [emitter.Emit("Gemm", [rows, weight, bias], Int("transB", 1)), emitter.Dims(node.Output.Shape)]);
    });
}
