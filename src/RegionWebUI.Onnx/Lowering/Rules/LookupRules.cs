using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Reading rows by index.</summary>
internal static class LookupRules
{
    public static LoweringRule Rows { get; } = LoweringRule.For<Lookup.Rows>((emitter, node, _) =>
        emitter.Emit("Gather", node.Inputs.Select(emitter.Name), Int("axis", 0)));

    public static LoweringRule RowOfEach { get; } = LoweringRule.For<Lookup.RowOfEach>((emitter, node, _) =>
        emitter.Emit("GatherND", node.Inputs.Select(emitter.Name), Int("batch_dims", 1)));
}
