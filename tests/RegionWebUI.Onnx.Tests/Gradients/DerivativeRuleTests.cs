using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>The derivative rule of every op against central differences, over seeded values.</summary>
public class DerivativeRuleTests
{
    private const double Tolerance = 1e-3;
    private const int Directions = 4;

    // Name; the op; the shapes of its operands, those that are differentiated first ("i" whole numbers, "p" above 0.5, "u" within -0.8..0.8,
    // "s" far from each other); how many of them are differentiated.
    public static TheoryData<string, Op, string, int> Cases => new()
    {
        { "sum", new Elementwise.Sum(), "2,3,4 2,3,4", 2 },
        { "sum of broadcast operands", new Elementwise.Sum(), "2,1,4 3,1", 2 },
        { "sum with a scalar", new Elementwise.Sum(), "2,3 1", 2 },
        { "difference", new Elementwise.Difference(), "3,4 2,1,4", 2 },
        { "product", new Elementwise.Product(), "2,3,4 2,3,4", 2 },
        { "product of broadcast operands", new Elementwise.Product(), "1,3,1,5 2,3,4,1", 2 },
        { "quotient", new Elementwise.Quotient(), "2,3,4 p3,1", 2 },
        { "swish", new Activation.Swish(1), "2,3,4", 1 },
        { "quick gelu", new Activation.Swish(1.702f), "2,3,4", 1 },
        { "gelu", new Activation.GeluErf(), "2,3,4", 1 },
        { "sigmoid", new Activation.Logistic(), "2,3,4", 1 },
        { "relu away from 0", new Activation.Rectified(), "p2,3,4", 1 },
        { "exp", new Function.Exponential(), "2,3", 1 },
        { "log", new Function.Logarithm(), "p2,3", 1 },
        { "sqrt", new Function.SquareRoot(), "p2,3", 1 },
        { "sin", new Function.Sine(), "2,3", 1 },
        { "cos", new Function.Cosine(), "2,3", 1 },
        { "asin", new Function.ArcSine(), "u2,3", 1 },
        { "erf", new Function.ErrorFunction(), "2,3", 1 },
        { "clamp", new Function.Clamp(-10, 10), "2,3", 1 },
        { "mean over one axis", new Reduce.Average([1]), "2,3,4", 1 },
        { "mean over two axes", new Reduce.Average([1, 3]), "2,3,4,5", 1 },
        { "sum over all axes", new Reduce.Total([0, 1]), "3,4", 1 },
        { "spread", new Reduce.Spread(new Shape(2, 3, 4)), "3,1", 1 },
        { "softmax", new Reduce.SoftmaxLast(), "2,3,7", 1 },
        { "matrices", new Matrix.Product(false, false), "2,3,4 2,4,5", 2 },
        { "matrices, a transposed", new Matrix.Product(true, false), "2,4,3 2,4,5", 2 },
        { "matrices, b transposed", new Matrix.Product(false, true), "2,3,4 2,5,4", 2 },
        { "matrices, both transposed", new Matrix.Product(true, true), "2,4,3 2,5,4", 2 },
        { "one matrix for all", new Matrix.Product(false, false), "2,3,4 4,5", 2 },
        { "one matrix before all", new Matrix.Product(true, false), "4,3 2,2,4,5", 2 },
        { "dense", new Linear.Dense(), "2,3,4 5,4 5", 1 },
        { "conv 3x3", new Conv.Conv2d(1, 1, 1, 1, 1), "2,3,5,6 4,3,3,3 4", 1 },
        { "conv 1x1", new Conv.Conv2d(1, 0, 0, 0, 0), "1,3,4,5 2,3,1,1", 1 },
        { "conv 3x3 without padding", new Conv.Conv2d(1, 0, 0, 0, 0), "1,3,5,6 4,3,3,3", 1 },
        { "conv padded on two sides", new Conv.Conv2d(1, 0, 1, 2, 0), "1,2,5,6 3,2,3,3", 1 },
        { "conv of stride 2, even", new Conv.Conv2d(2, 1, 1, 1, 1), "1,3,6,8 4,3,3,3 4", 1 },
        { "conv of stride 2, odd", new Conv.Conv2d(2, 1, 1, 1, 1), "1,3,7,5 4,3,3,3", 1 },
        { "conv of the VAE encoder", new Conv.Conv2d(2, 0, 0, 1, 1), "1,3,6,8 4,3,3,3", 1 },
        { "conv of patches", new Conv.Conv2d(4, 0, 0, 0, 0), "1,3,9,8 5,3,4,4", 1 },
        { "transposed conv", new Conv.Transposed2d(2, 1, 1, 1, 1, 6, 8), "1,4,3,4 4,3,3,3 3", 1 },
        { "transposed conv of patches", new Conv.Transposed2d(4, 0, 0, 0, 0, 12, 8), "1,5,3,2 5,1,4,4", 1 },
        { "reversed kernel", new Conv.Reversed(), "4,3,3,2", 1 },
        { "mean of blocks", new Pool.Average(2, 2), "1,3,5,6", 1 },
        { "greatest of blocks", new Pool.Greatest(2, 2), "s1,3,6,5", 1 },
        { "group norm", new Norm.Group(2, 1e-5f), "2,6,3,4 6 6", 1 },
        { "layer norm", new Norm.Layer(1e-5f), "2,3,8 8 8", 1 },
        { "standardized", new Norm.Standardized(1e-5f), "2,3,8", 1 },
        { "inverse deviation", new Norm.InverseDeviation(1e-5f), "2,3,8", 1 },
        { "upsample by 2", new Resample.NearestUpsample(6, 8), "1,2,3,4", 1 },
        { "upsample to an odd size", new Resample.NearestUpsample(7, 5), "1,2,4,3", 1 },
        { "reshape", new Layout.Reshaped(new Shape(4, 6)), "2,3,4", 1 },
        { "transpose", new Layout.Transposed([2, 0, 1]), "2,3,4", 1 },
        { "join", new Layout.Joined(1), "2,3 2,1 2,4", 3 },
        { "slice", new Layout.Sliced(1, 2, 3), "2,7,2", 1 },
        { "pad", new Layout.Padded(1, 2, 1), "2,3,2", 1 },
        { "row of each", new Lookup.RowOfEach(), "2,5,3 i2,1", 1 },
        { "attention", new Attention.MultiHead(2, 0.5f, false), "2,5,6 2,7,6 2,7,6", 3 },
        { "causal attention", new Attention.MultiHead(3, 0.7f, true), "1,6,6 1,6,6 1,6,6", 3 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Differentiate_OneOp_AgreesWithCentralDifferences(string name, Op op, string operands, int differentiated)
    {
        var random = new Random(name.Length + operands.Length);
        var b = new GraphBuilder("one-op");
        var inputs = new Dictionary<string, HostTensor>();
        var values = operands.Split(' ').Select((text, i) =>
        {
            var tensor = Tensor(random, text);
            inputs.Add($"x{i}", tensor);
            return b.Input($"x{i}", tensor.Type);
        }).ToArray();
        b.Output("y", b.Apply(op, values));
        string[] wrt = [.. Enumerable.Range(0, differentiated).Select(i => $"x{i}")];
        using var quotient = new DifferenceQuotient(b.Build(), wrt, inputs, random);

        foreach (var (input, gradient) in quotient.Gradients())
        {
            for (var i = 0; i < Directions; i++)
            {
                var v = DifferenceQuotient.Normal(random, gradient.Length);
                var expected = quotient.Along(input, v, 1e-2);
                var actual = gradient.Zip(v, (g, d) => (double)g * d).Sum();
                var scale = Math.Sqrt(gradient.Sum(g => (double)g * g)) * Math.Sqrt(v.Sum(d => (double)d * d));
                Assert.True(Math.Abs(actual - expected) <= Tolerance * scale, $"{name}, {input}: {actual}, differences say {expected}");
            }
        }
    }

    /// <summary>Ops whose derivative is nothing, or that are only ever asked for what they do not have.</summary>
    [Fact]
    public void Cases_EveryOp_IsAmongThem()
    {
        HashSet<Type> without = [typeof(Mask.Inside), typeof(Mask.Same), typeof(Lookup.Rows), typeof(Lookup.MarkOfEach)];
        var all = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract);
        Assert.Equal(all.Except(without).OrderBy(t => t.FullName), Cases.Select(c => c.Data.Item2.GetType()).Distinct().OrderBy(t => t.FullName));
    }

    /// <summary>An operand of a case.</summary>
    internal static HostTensor Tensor(Random random, string text)
    {
        var shape = new Shape([.. text.TrimStart('i', 'p', 'u', 's').Split(',').Select(int.Parse)]);
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
