using RegionWebUI.Graph.Ops;
using static RegionWebUI.Onnx.Lowering.OnnxAttribute;

namespace RegionWebUI.Onnx.Lowering.Rules;

/// <summary>Reading rows by index.</summary>
internal static class LookupRules
{
    public static LoweringRule Rows { get; } = LoweringRule.For<Lookup.Rows>((emitter, node, _) =>
        emitter.Emit("Gather", node.Inputs.Select(emitter.Name), Int("axis", 0)));

    public static LoweringRule MarkOfEach { get; } = LoweringRule.For<Lookup.MarkOfEach>((emitter, node, op) =>
    {
        var all = emitter.Longs([.. Enumerable.Range(0, op.Length).Select(i => (long)i)]);
        return emitter.Emit("Cast", [emitter.Emit("Equal", [emitter.Name(node.Inputs[0]), all])], Int("to", (long)ElementType.Float));
    });

    public static LoweringRule RowOfEach { get; } = LoweringRule.For<Lookup.RowOfEach>((emitter, node, _) =>
        emitter.Emit("GatherND", node.Inputs.Select(emitter.Name), Int("batch_dims", 1)));
}
