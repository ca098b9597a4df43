using System.Globalization;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering.Protobuf;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>
/// One further condition of a kernel: a subject and what it may be. Subjects are <c>inputs</c> and <c>outputs</c> (how many), <c>positive</c>
/// (an input, by its place, that must hold numbers above 0), <c>whole</c> (an input, by its place, in which nothing may be left to
/// broadcasting: the bias of attention) and otherwise an attribute.
/// </summary>
/// <param name="Subject">What is limited.</param>
/// <param name="AtMost">Whether the value is the greatest one allowed.</param>
/// <param name="Allowed">Values allowed; <c>-</c> stands for an attribute that is not given.</param>
internal sealed record KernelLimit(string Subject, bool AtMost, string[] Allowed)
{
    private const string Absent = "-";

    /// <summary>Reads <c>subject=a|b</c> or <c>subject&lt;=n</c>.</summary>
    public static KernelLimit Read(string word)
    {
        var sign = word.IndexOf('=', StringComparison.Ordinal);
        if (sign < 1)
        {
            throw new FormatException($"'{word}' is no limit.");
        }

        var atMost = word[sign - 1] == '<';
        return new KernelLimit(word[..(atMost ? sign - 1 : sign)], atMost, word[(sign + 1)..].Split('|'));
    }

    /// <summary>Why a node breaks the limit, as the end of a sentence about the provider; null when it keeps it.</summary>
    public string? Broken(NodeView node) => Subject switch
    {
        "inputs" => BrokenBy(node.InputCount, "takes", "operand"),
        "outputs" => BrokenBy(node.OutputCount, "gives", "result"),
        "positive" => BrokenByNumbers(node, Place),
        "whole" => BrokenByBroadcasting(node, Place),
        _ => BrokenBy(node.Attribute(Subject)),
    };

    private int Place => int.Parse(Allowed[0], CultureInfo.InvariantCulture);

    private string? BrokenBy(int count, string does, string what) => (AtMost ? count <= Place : count == Place)
        ? null
        : $"{does} {(AtMost ? "at most " : "")}{Place} {what}{(Place == 1 ? "" : "s")}, not {count}";

    private string? BrokenBy(AttributeProto? attribute)
    {
        var value = attribute?.Type switch
        {
            null => Absent,
            AttributeProto.Types.AttributeType.Float => attribute.F.ToString(CultureInfo.InvariantCulture),
            AttributeProto.Types.AttributeType.Int => attribute.I.ToString(CultureInfo.InvariantCulture),
            AttributeProto.Types.AttributeType.String => attribute.S.ToStringUtf8(),
            _ => attribute.Type.ToString(),
        };
        return Allowed.Contains(value)
            ? null
            : $"wants {Subject} {string.Join(" or ", Allowed.Except([Absent]))}, not {(value == Absent ? "none" : value)}";
    }

    private static string? BrokenByNumbers(NodeView node, int place) => !node.Has(place) || node.Longs(place).All(n => n > 0)
        ? null
        : $"wants numbers above 0 in '{node.InputName(place)}'";

    private static string? BrokenByBroadcasting(NodeView node, int place)
    {
        if (!node.Has(place))
        {
            return null;
        }

        var (queries, keys) = (node.Shape(0), node.Shape(1));
        var whole = new Shape(queries[0], (int)node.Int("num_heads", 0), queries[1], keys[1]);
        return node.Shape(place) == whole ? null : $"wants {whole} in '{node.InputName(place)}', not {node.Shape(place)}";
    }
}
