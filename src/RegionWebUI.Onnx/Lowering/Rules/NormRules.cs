using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Normalisations.</summary>
internal static class NormRules
{
    public static LoweringRule Layer { get; } = LoweringRule.For<Norm.Layer>((emitter, node, op) =>
        emitter.Emit("LayerNormalization", node.Inputs.Select(emitter.Name), Float("epsilon", op.Epsilon), Int("axis", -1)));

    /// <summary>First result of the statistics, which their other readers share.</summary>
    public static LoweringRule Standardized { get; } = LoweringRule.For<Norm.Standardized>((emitter, node, op) =>
        Statistics(emitter, node, op.Epsilon)[0]);

    /// <summary>Third result of LayerNormalization, for providers that give it.</summary>
    public static LoweringRule InverseDeviation { get; } = LoweringRule.For<Norm.InverseDeviation>((emitter, node, op) =>
        Statistics(emitter, node, op.Epsilon)[2]);

    /// <summary>
    /// Group normalisation as instance normalisation of [N, groups, rest], then scale and shift per channel: for providers without a
    /// GroupNorm kernel. BatchNormalization of mean 0 and variance 1 scales and shifts in one pass, on the CPU in the blocked layout that the
    /// next convolution wants: 0.98 of the time of Mul and Add in the UNet, 0.97 in the VAE decoder. LayerNormalization with
    /// gamma and beta spread over [groups, rest] took 1.02.
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
        var mean = emitter.Floats(new Shape(shape[1]), new float[shape[1]]);
        var variance = emitter.Floats(new Shape(shape[1]), Enumerable.Repeat(1f, shape[1]).ToArray());
        return emitter.Emit(
            "BatchNormalization", [restored, emitter.Name(node.Inputs[1]), emitter.Name(node.Inputs[2]), mean, variance], Float("epsilon", 0));
    });

    /// <summary>The op of ONNX Runtime, of pictures; whatever has fewer or more axes as <see cref="GroupByInstance"/>.</summary>
    public static LoweringRule GroupFused { get; } = LoweringRule.For<Norm.Group>((emitter, node, op) => node.Output.Shape.Rank == 4
        ? emitter.Emit(
            OnnxEmitter.Contrib,
            "GroupNorm",
            node.Inputs.Select(emitter.Name),
            Int("groups", op.Groups),
            Float("epsilon", op.Epsilon),
            Int("channels_last", 0),
            Int("activation", 0))
        : GroupByInstance.Lower(emitter, node));

    /// <summary>In plain arithmetic, for providers whose LayerNormalization gives one result.</summary>
    public static LoweringRule StandardizedByMeans { get; } = LoweringRule.For<Norm.Standardized>((emitter, node, op) =>
    {
        var (centred, deviation) = Deviation(emitter, node, op.Epsilon);
        return emitter.Emit("Div", [centred, deviation]);
    });

    /// <summary>In plain arithmetic, for providers whose LayerNormalization gives one result.</summary>
    public static LoweringRule InverseDeviationByMeans { get; } = LoweringRule.For<Norm.InverseDeviation>((emitter, node, op) =>
        emitter.Emit("Reciprocal", [Deviation(emitter, node, op.Epsilon).Deviation]));

    /// <summary>x - mean(x) and the deviation of x along the last axis: emitted once for one x.</summary>
    private static (string Centred, string Deviation) Deviation(OnnxEmitter emitter, Node node, float epsilon)
    {
        var x = emitter.Name(node.Inputs[0]);
        string Mean(string of) => emitter.Emit("ReduceMean", [of], Ints("axes", -1), Int("keepdims", 1));
        var both = emitter.Once($"deviation of {x}, {epsilon:R}", () =>
        {
            var centred = emitter.Emit("Sub", [x, Mean(x)]);
            var variance = emitter.Emit("Add", [Mean(emitter.Emit("Mul", [centred, centred])), emitter.Floats(new Shape(), [epsilon])]);
            return [centred, emitter.Emit("Sqrt", [variance])];
        });
        return (both[0], both[1]);
    }

    /// <summary>Standardized x, its mean and 1 / its deviation along the last axis: emitted once for one x.</summary>
    private static IReadOnlyList<string> Statistics(OnnxEmitter emitter, Node node, float epsilon)
    {
        var x = node.Inputs[0];
        return emitter.Once($"statistics of {emitter.Name(x)}, {epsilon:R}", () =>
        {
            var ones = emitter.Emit("Expand", [emitter.Floats(new Shape(1), [1]), emitter.Longs(x.Shape[^1])]);
            return emitter.Emit(3, "LayerNormalization", [emitter.Name(x), ones], Float("epsilon", epsilon), Int("axis", -1));
        });
    }
}
