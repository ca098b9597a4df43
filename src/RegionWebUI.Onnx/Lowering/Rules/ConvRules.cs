using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Convolutions in standard ONNX.</summary>
internal static class ConvRules
{
    private const int CellsOfSmallMap = 16;

    /// <summary>
    /// For ONNX Runtime's CPU kernels. They compute blocked 2-D convolutions row by row, which reads the whole weight once a row; on maps of up to
    /// 4 x 4 cells the matrix product that they use for 3-D convolutions is faster: 0.97 of the time of the UNet at 16 x 16.
    /// </summary>
    public static LoweringRule Conv2dOfCpu { get; } = LoweringRule.For<Conv.Conv2d>((emitter, node, op) =>
        Cells(node.Inputs[0].Shape) <= CellsOfSmallMap && Cells(node.Inputs[1].Shape) > 1 ? AsConv3d(emitter, node, op) : Direct(emitter, node, op));

    public static LoweringRule Conv2d { get; } = LoweringRule.For<Conv.Conv2d>(Direct);

    public static LoweringRule Transposed2d { get; } = LoweringRule.For<Conv.Transposed2d>((emitter, node, op) =>
    {
        var (x, kernel) = (node.Inputs[0].Shape, node.Inputs[1].Shape);
        var below = op.Height - (((x[2] - 1) * op.Stride) + kernel[2] - op.Top - op.Bottom);
        var beside = op.Width - (((x[3] - 1) * op.Stride) + kernel[3] - op.Left - op.Right);
        return emitter.Emit(
            "ConvTranspose",
            node.Inputs.Select(emitter.Name),
            Ints("strides", op.Stride, op.Stride),
            Ints("pads", op.Top, op.Left, op.Bottom, op.Right),
            Ints("output_padding", below, beside),
            Ints("kernel_shape", kernel[2], kernel[3]));
    });

    /// <summary>Of a weight: folded when the session is built.</summary>
    public static LoweringRule Reversed { get; } = LoweringRule.For<Conv.Reversed>((emitter, node, _) =>
    {
        var exchanged = emitter.Emit("Transpose", [emitter.Name(node.Inputs[0])], Ints("perm", 1, 0, 2, 3));
        var beforeAll = emitter.Longs(int.MinValue, int.MinValue);
        return emitter.Emit("Slice", [exchanged, emitter.Longs(-1, -1), beforeAll, emitter.Longs(2, 3), emitter.Longs(-1, -1)]);
    });

    /// <summary>
    /// By index, for providers that promise nothing of slices with negative steps. A weight is folded when the session is built, a kernel that
    /// is computed is not.
    /// </summary>
    public static LoweringRule ReversedByIndex { get; } = LoweringRule.For<Conv.Reversed>((emitter, node, _) =>
    {
        var exchanged = emitter.Emit("Transpose", [emitter.Name(node.Inputs[0])], Ints("perm", 1, 0, 2, 3));
        var rows = emitter.Emit("Gather", [exchanged, Backwards(emitter, node.Output.Shape[2])], Int("axis", 2));
        return emitter.Emit("Gather", [rows, Backwards(emitter, node.Output.Shape[3])], Int("axis", 3));
    });

    private static string Backwards(OnnxEmitter emitter, int count) => emitter.Longs([.. Enumerable.Range(1, count).Select(i => (long)(count - i))]);

    private static string Direct(OnnxEmitter emitter, Node node, Conv.Conv2d op) => emitter.Emit(
        "Conv",
        node.Inputs.Select(emitter.Name),
        Ints("strides", op.Stride, op.Stride),
        Ints("pads", op.Top, op.Left, op.Bottom, op.Right),
        Ints("kernel_shape", node.Inputs[1].Shape[2], node.Inputs[1].Shape[3]));

    /// <summary>The same convolution of volumes that are one cell deep.</summary>
    private static string AsConv3d(OnnxEmitter emitter, Node node, Conv.Conv2d op)
    {
        var flat = emitter.Emit(
            "Conv",
            [Deepened(emitter, node.Inputs[0]), Deepened(emitter, node.Inputs[1]), .. node.Inputs.Skip(2).Select(emitter.Name)],
            Ints("strides", 1, op.Stride, op.Stride),
            Ints("pads", 0, op.Top, op.Left, 0, op.Bottom, op.Right),
            Ints("kernel_shape", 1, node.Inputs[1].Shape[2], node.Inputs[1].Shape[3]));
        return emitter.Emit("Reshape", [flat, emitter.Dims(node.Output.Shape)]);
    }

    private static string Deepened(OnnxEmitter emitter, Value value)
    {
        var shape = value.Shape;
        return emitter.Emit("Reshape", [emitter.Name(value), emitter.Dims(new Shape(shape[0], shape[1], 1, shape[2], shape[3]))]);
    }

    private static int Cells(Shape shape) => shape[2] * shape[3];
}
