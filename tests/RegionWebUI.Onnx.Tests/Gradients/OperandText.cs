using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>
/// Operands of a test case as a line of shapes: "2,3,4 p3,1". A letter says which values: "i" whole numbers, "p" above 0.5, "u" within
/// -0.8..0.8, "s" far from each other, none normal ones. "." is a scalar.
/// </summary>
internal static class OperandText
{
    public static HostTensor[] Read(Random random, string operands) => [.. operands.Split(' ').Select(text => Tensor(random, text))];

    public static HostTensor Tensor(Random random, string text)
    {
        var shape = new Shape([.. text.TrimStart('i', 'p', 'u', 's').Split(',', '.').Where(d => d.Length > 0).Select(int.Parse)]);
        var normal = DifferenceQuotient.Normal(random, (int)shape.ElementCount);
        return text[0] switch
        {
            'i' => HostTensor.Of(shape, [.. normal.Select((_, i) => (long)(1 + (2 * i)))]),
            'p' => HostTensor.Of(shape, [.. normal.Select(v => 0.5f + Math.Abs(v))]),
            's' => HostTensor.Of(shape, [.. Enumerable.Range(0, normal.Length).OrderBy(_ => random.Next()).Select(i => i * 0.3f)]),
            'u' => HostTensor.Of(shape, [.. normal.Select(v => 0.8f * (float)Math.Tanh(v))]),
            _ => HostTensor.Of(shape, normal),
        };
    }
}
