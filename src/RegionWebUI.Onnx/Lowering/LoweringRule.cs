using RegionWebUI.Graph;

namespace RegionWebUI.Onnx.Lowering;

/// <summary>How one op becomes ONNX nodes.</summary>
/// <param name="Op">Type of the op.</param>
/// <param name="Lower">Emits the nodes for an application and gives the name of the result.</param>
internal sealed record LoweringRule(Type Op, Func<OnnxEmitter, Node, string> Lower)
{
    /// <summary>A rule for one op type.</summary>
    public static LoweringRule For<TOp>(Func<OnnxEmitter, Node, TOp, string> lower)
        where TOp : Op =>
        new(typeof(TOp), (emitter, node) => lower(emitter, node, (TOp)node.Op));
}
