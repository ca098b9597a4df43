using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Normalisations.</summary>
internal static class NormRules
{
    public static LoweringRule Layer { get; } = LoweringRule.For<Norm.Layer>((emitter, node, op) =>
        emitter.Emit("LayerNormalization", node.Inputs.Select(emitter.Name), Float("epsilon", op.Epsilon), Int("axis", -1)));

    /// <summary>
    /// Group normalisation as instance normalisation of [N, groups, rest], then scale and shift per channel:
    /// for providers without a GroupNorm kernel.
    /// </summary>
    public static LoweringRule GroupByInstance { get; } = LoweringRule.For<Norm.Group>((emitter, node, op) =>
    {
        var shape = node.Inputs[0].Shape;
        var rest = (int)(shape.ElementCount / shape[0] / op.Groups);
        var ones = emitter.Floats(new Shape(op.Groups), Enumerable.Repeat(1f, op.Groups).ToArray());
        var zeros = emitter.Floats(new Shape(op.Groups), new float[op.Groups]);
        var grouped = emitter.Emit("Reshape", [emitter.Name(node.Inputs[0]), emitter.Dims(new Shape(shape[0], op.Groups, rest))]);
        var normal = emitter.Emit("InstanceNormalization", [grouped, ones, zeros], Float("epsilon", op.Epsilon));
        var restored = emitter.Emit("Reshape", [normal, emitter.Dims(shape)]);

        var perChannel = emitter.Longs([shape[1], .. Enumerable.Repeat(1L, shape.Rank - 2)]);
        var gamma = emitter.Emit("Reshape", [emitter.Name(node.Inputs[1]), perChannel]);
        var beta = emitter.Emit("Reshape", [emitter.Name(node.Inputs[2]), perChannel]);
        return emitter.Emit("Add", [emitter.Emit("Mul", [restored, gamma]), beta]);
    });
}
