using System.Collections.Immutable;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>Legal cases of each op family with sizes and attributes drawn at random: the op, its operands, how many are differentiated.</summary>
internal static class RandomCases
{
    public static readonly IReadOnlyDictionary<string, Func<Random, (Op Op, string Operands, int Differentiated)>> Families =
        new Dictionary<string, Func<Random, (Op, string, int)>>
        {
            ["activation"] = r => (
                Any<Op>(r, new Activation.Swish(1), new Activation.Swish(1.702f), new Activation.GeluErf(), new Activation.Logistic()),
                Text(Sizes(r, 1, 4)),
                1),
            ["function"] = r => Any<(Op, string)>(
                r,
                (new Function.Exponential(), ""),
                (new Function.Logarithm(), "p"),
                (new Function.SquareRoot(), "p"),
                (new Function.Sine(), ""),
                (new Function.Cosine(), ""),
                (new Function.ArcSine(), "u"),
                (new Function.ErrorFunction(), "")) is var (op, values) ? (op, values + Text(Sizes(r, 1, 4)), 1) : default,
            ["binary"] = Binary,
            ["reduce"] = ReduceOne,
            ["matrix"] = MatrixProduct,
            ["linear"] = r => Dims(r, 3) is var d
                ? (new Linear.Dense(), $"{Text([.. Sizes(r, 1, 3), d[0]])} {d[1]},{d[0]}{(r.Next(2) == 0 ? "" : $" {d[1]}")}", 1)
                : default,
            ["conv"] = r => RandomConv(r) is var (conv, x, w) ? (conv, $"{Text(x)} {Text(w)}{(r.Next(2) == 0 ? "" : $" {w[0]}")}", 1) : default,
            ["transposed conv"] = TransposedConv,
            ["norm"] = NormOne,
            ["pool"] = r => Dims(r, 2, 4) is var block && Dims(r, 2) is var outer
                && (int[])[block[0] + r.Next(6), block[1] + r.Next(6)] is var inner
                ? (Any<Op>(r, new Pool.Average(block[0], block[1]), new Pool.Greatest(block[0], block[1])), "s" + Text([.. outer, .. inner]), 1)
                : default,
            ["resample"] = r => Dims(r, 4) is var d ? (new Resample.NearestUpsample(Larger(r, d[2]), Larger(r, d[3])), Text(d), 1) : default,
            ["layout"] = LayoutOne,
            ["lookup"] = r => Dims(r, 3) is var d ? (new Lookup.RowOfEach(), $"{d[0]},{2 * d[0] + d[1]},{d[2]} i{d[0]},1", 1) : default,
            ["attention"] = r =>
            {
                var (d, heads, causal) = (Dims(r, 4), 1 + r.Next(3), r.Next(2) == 0);
                var keys = $"{d[0]},{(causal ? d[1] : d[2])},{heads * d[3]}";
                return (new Attention.MultiHead(heads, 0.2f + r.NextSingle(), causal), $"{d[0]},{d[1]},{heads * d[3]} {keys} {keys}", 3);
            },
        };

    /// <summary>A shape, and one that broadcasts with it: fewer axes, or axes of size 1, on either side.</summary>
    public static (int[] A, int[] B) Broadcast(Random random)
    {
        var whole = Sizes(random, 1, 4);
        int[] Part() => [.. whole.Skip(random.Next(whole.Length + 1)).Select(d => random.Next(3) == 0 ? 1 : d)];
        return random.Next(3) switch { 0 => (whole, Part()), 1 => (Part(), whole), _ => (Part(), Part()) };
    }

    public static string Text(params IEnumerable<int> dims) => dims.Any() ? string.Join(',', dims) : ".";

    private static (Op, string, int) Binary(Random r)
    {
        var (a, b) = Broadcast(r);
        var op = Any<Op>(r, new Elementwise.Sum(), new Elementwise.Difference(), new Elementwise.Product(), new Elementwise.Quotient());
        return (op, $"{Text(a)} p{Text(b)}", 2);
    }

    private static (Op, string, int) ReduceOne(Random r)
    {
        var d = Sizes(r, 1, 4);
        ImmutableArray<int> axes = [.. Enumerable.Range(0, d.Length).Where(axis => axis == d.Length - 1 || r.Next(2) == 0)];
        return r.Next(4) switch
        {
            0 => (new Reduce.Average(axes), Text(d), 1),
            1 => (new Reduce.Total(axes), Text(d), 1),
            2 => (new Reduce.Spread(new Shape(d)), Text(d.Skip(r.Next(d.Length)).Select(size => r.Next(2) == 0 ? 1 : size)), 1),
            _ => (new Reduce.SoftmaxLast(), Text(d), 1),
        };
    }

    private static (Op, string, int) MatrixProduct(Random r)
    {
        var (batch, d, a, b) = (Sizes(r, 1, 2), Dims(r, 3), r.Next(2) == 0, r.Next(2) == 0);
        int[] left = a ? [d[1], d[0]] : [d[0], d[1]], right = b ? [d[2], d[1]] : [d[1], d[2]];
        var one = r.Next(3);
        return (new Matrix.Product(a, b), $"{Text([.. one == 0 ? [] : batch, .. left])} {Text([.. one == 1 ? [] : batch, .. right])}", 2);
    }

    private static (Conv.Conv2d Conv, int[] X, int[] W) RandomConv(Random r)
    {
        int[] w = Dims(r, 4, 4);
        var conv = new Conv.Conv2d(1 + r.Next(3), r.Next(w[2]), r.Next(w[3]), r.Next(w[2]), r.Next(w[3]));
        return (conv, [1 + r.Next(2), w[1], w[2] + r.Next(6), w[3] + r.Next(6)], w);
    }

    private static (Op, string, int) TransposedConv(Random r)
    {
        var (conv, x, w) = RandomConv(r);
        var made = conv.Infer([TensorType.Float(x), TensorType.Float(w)]).Shape.Dims;
        var op = new Conv.Transposed2d(conv.Stride, conv.Top, conv.Left, conv.Bottom, conv.Right, x[2], x[3]);
        return (op, $"{Text(made)} {Text(w)}", 1);
    }

    private static (Op, string, int) NormOne(Random r)
    {
        var (groups, d) = (1 + r.Next(3), Dims(r, 4));
        var channels = groups * d[1];
        return r.Next(2) == 0
            ? (new Norm.Group(groups, 1e-5f), $"{d[0]},{channels},{d[2] + 2},{d[3]} {channels} {channels}", 1)
            : (new Norm.Layer(1e-5f), $"{d[0]},{d[2]},{channels + 3} {channels + 3} {channels + 3}", 1);
    }

    private static (Op, string, int) LayoutOne(Random r)
    {
        var d = Sizes(r, 2, 4);
        var axis = r.Next(d.Length);
        int[] Sized(int size) => [.. d.Select((old, i) => i == axis ? size : old)];
        return r.Next(5) switch
        {
            0 => (new Layout.Reshaped(new Shape([.. d.Reverse()])), Text(d), 1),
            1 => (new Layout.Transposed([.. Enumerable.Range(0, d.Length).OrderBy(_ => r.Next())]), Text(d), 1),
            2 => (new Layout.Joined(axis), $"{Text(Sized(1 + r.Next(4)))} {Text(Sized(1 + r.Next(4)))} {Text(Sized(1 + r.Next(4)))}", 3),
            3 => (new Layout.Sliced(axis, r.Next(d[axis]) is var start ? start : 0, 1 + r.Next(d[axis] - start)), Text(d), 1),
            _ => (new Layout.Padded(axis, r.Next(3), 1 + r.Next(3)), Text(d), 1),
        };
    }

    private static T Any<T>(Random random, params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    private static int Larger(Random random, int size) => random.Next(2) == 0 ? (1 + random.Next(3)) * size : size + random.Next(5);

    private static int[] Sizes(Random random, int least, int most) => Dims(random, least + random.Next(most - least + 1));

    private static int[] Dims(Random random, int count, int largest = 5) => [.. Enumerable.Range(0, count).Select(_ => 1 + random.Next(largest))];
}
