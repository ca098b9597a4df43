using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Changes of picture size.</summary>
internal static class ResampleRules
{
    public static LoweringRule NearestUpsample { get; } = LoweringRule.For<Resample.NearestUpsample>((emitter, node, _) => emitter.Emit(
        "Resize",
        [emitter.Name(node.Inputs[0]), "", "", emitter.Dims(node.Output.Shape)],
        String("mode", "nearest"),
        String("nearest_mode", "floor"),
        String("coordinate_transformation_mode", "asymmetric")));
}
