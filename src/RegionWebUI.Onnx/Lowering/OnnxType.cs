using RegionWebUI.Graph;

namespace RegionWebUI.Onnx.Lowering;

/// <summary>What an ONNX value is.</summary>
/// <param name="Element">Element type.</param>
/// <param name="Shape">Literal shape.</param>
internal sealed record OnnxType(ElementType Element, Shape Shape)
{
    /// <summary>The type as people write it: <c>Float[2, 4]</c>.</summary>
    public override string ToString() => $"{Element}{Shape}";
}
