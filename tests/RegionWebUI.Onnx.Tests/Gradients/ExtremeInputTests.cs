using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>
/// Gradients far out, where finite differences are of no use: finite, and equal to the closed form in double precision.
/// </summary>
public class ExtremeInputTests
{
    private const double Tolerance = 1e-3;

    private static readonly float[] _magnitudes = [0, 1e-30f, 1e-3f, 1, 5, 12, 17, 30, 80, 88, 100, 1e4f, 1e10f, 1e20f];

    // The slope in closed form of x in double precision; the measure of an error is the greater of 1 and the slope.
    public static TheoryData<string, Op, Func<double, double>> Bounded => new()
    {
        { "sigmoid", new Activation.Logistic(), x => Sigmoid(x) * Sigmoid(-x) },
        { "silu", new Activation.Swish(1), x => SwishSlope(x, 1) },
        { "quick gelu", new Activation.Swish(1.702f), x => SwishSlope(x, 1.702f) },
        { "gelu", new Activation.GeluErf(), x => Phi(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)) },
        { "relu", new Activation.Rectified(), x => x > 0 ? 1 : 0 },
        { "erf", new Function.ErrorFunction(), x => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) },
        { "clamp", new Function.Clamp(-80, 80), x => Math.Abs(x) <= 80 ? 1 : 0 },
    };

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Slope_OfBoundedDerivatives_IsTheClosedFormFarOut(string name, Op op, Func<double, double> slope)
    {
        float[] x = [.. _magnitudes, .. _magnitudes.Select(v => -v)];

        var gradient = Slopes(op, x);

        Assert.All(x.Zip(gradient), at => RequireNear(slope(at.First), at.Second, 1, $"{name} at {at.First}"));
    }

    [Fact]
    public void Slope_OfExpLogAndSqrt_IsTheClosedFormWhereverItIsANumber()
    {
        float[] exponents = [-1e4f, -104, -80, -30, -1e-3f, 0, 1, 30, 80, 88];
        float[] positive = [1e-30f, 1e-10f, 1e-3f, 1, 80, 1e4f, 1e20f, 1e37f];

        var (exp, log) = (Slopes(new Function.Exponential(), exponents), Slopes(new Function.Logarithm(), positive));
        var sqrt = Slopes(new Function.SquareRoot(), positive);

        Assert.All(exponents.Zip(exp), at => RequireNear(Math.Exp(at.First), at.Second, 1e-30, $"exp at {at.First}"));
        Assert.All(positive.Zip(log), at => RequireNear(1.0 / at.First, at.Second, 0, $"log at {at.First}"));
        Assert.All(positive.Zip(sqrt), at => RequireNear(0.5 / Math.Sqrt(at.First), at.Second, 0, $"sqrt at {at.First}"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(1e4)]
    [InlineData(1e30)]
    public void Softmax_LargeScores_IsTheClosedForm(double magnitude)
    {
        var random = new Random(5);
        float[][] rows =
        [
            [.. DifferenceQuotient.Normal(random, 8).Select(v => (float)(v * magnitude))],
            [.. Enumerable.Range(0, 8).Select(i => (float)(i % 2 == 0 ? magnitude : -magnitude))],
            [.. Enumerable.Repeat((float)magnitude, 8)],
            [.. DifferenceQuotient.Normal(random, 8).Select(v => v - (float)magnitude)],
            [.. DifferenceQuotient.Normal(random, 7), (float)-magnitude],
        ];
        var dy = DifferenceQuotient.Normal(random, rows.Length * 8);

        var (_, gradient) = OneOp.Run(new Reduce.SoftmaxLast(), dy, HostTensor.Of(new Shape(rows.Length, 8), [.. rows.SelectMany(r => r)]));

        for (var row = 0; row < rows.Length; row++)
        {
            var exps = rows[row].Select(x => Math.Exp((double)x - rows[row].Max())).ToArray();
            var y = exps.Select(e => e / exps.Sum()).ToArray();
            var along = y.Select((p, i) => p * dy[(row * 8) + i]).Sum();
            for (var i = 0; i < 8; i++)
            {
                RequireNear(y[i] * (dy[(row * 8) + i] - along), gradient[(row * 8) + i], 1, $"row {row}, {i}");
            }
        }
    }

    // Centre and deviation of the values; the deviation 0 makes them constant.
    public static TheoryData<double, double> Spreads => new MatrixTheoryData<double, double>([0, 1, -80, 1e4], [0, 1e-4, 3e-3, 1, 80, 1e4]);

    [Theory]
    [MemberData(nameof(Spreads))]
    public void LayerNorm_AnySpread_IsTheClosedForm(double centre, double deviation)
    {
        const int Rows = 3, Width = 96;
        var random = new Random(11);
        var (x, dy) = (Around(random, Rows * Width, centre, deviation), DifferenceQuotient.Normal(random, Rows * Width));
        var (gamma, beta) = (DifferenceQuotient.Normal(random, Width), DifferenceQuotient.Normal(random, Width));

        var (_, gradient) = OneOp.Run(new Norm.Layer(1e-5f), dy, Of(x, Rows, Width), Of(gamma, Width), Of(beta, Width));

        RequireNormGradient(x, [.. dy.Select((d, i) => (double)d * gamma[i % Width])], gradient, Width);
    }

    [Theory]
    [MemberData(nameof(Spreads))]
    public void GroupNorm_AnySpread_IsTheClosedForm(double centre, double deviation)
    {
        const int Groups = 3, Channels = 6, Height = 48, Width = 40;
        var random = new Random(13);
        const int Count = 2 * Channels * Height * Width;
        var (x, dy) = (Around(random, Count, centre, deviation), DifferenceQuotient.Normal(random, Count));
        var (gamma, beta) = (DifferenceQuotient.Normal(random, Channels), DifferenceQuotient.Normal(random, Channels));

        var (_, gradient) = OneOp.Run(
            new Norm.Group(Groups, 1e-5f), dy, Of(x, 2, Channels, Height, Width), Of(gamma, Channels), Of(beta, Channels));

        var g = dy.Select((d, i) => (double)d * gamma[i / (Height * Width) % Channels]).ToArray();
        RequireNormGradient(x, g, gradient, Channels / Groups * Height * Width);
    }

    // Ba, Kiros & Hinton (2016), Eq. (4), differentiated: dx = r (g - mean(g) - d r^2 mean(g d)) with d = x - mean(x).
    private static void RequireNormGradient(float[] x, double[] g, float[] gradient, int size)
    {
        for (var start = 0; start < x.Length; start += size)
        {
            var values = x.Skip(start).Take(size).Select(v => (double)v).ToArray();
            var slopes = g.Skip(start).Take(size).ToArray();
            var d = values.Select(v => v - values.Average()).ToArray();
            var r = 1 / Math.Sqrt(d.Average(v => v * v) + 1e-5f);
            var along = d.Zip(slopes, (a, b) => a * b).Average();
            var expected = d.Zip(slopes, (a, b) => r * (b - slopes.Average() - (a * r * r * along))).ToArray();


            // The mean is a float: what it is rounded by moves every d.
            var rounding = Math.Max(1, values.Average(Math.Abs) * r * Math.ScaleB(1, -24) / Tolerance);
            var scale = expected.Max(Math.Abs) * rounding;
            for (var i = 0; i < size; i++)
            {
                RequireNear(expected[i], gradient[start + i], scale, $"value {i} of the group at {start}");
            }
        }
    }

    private static float[] Around(Random random, int count, double centre, double deviation) =>
        [.. DifferenceQuotient.Normal(random, count).Select(v => (float)(centre + (deviation * v)))];

    private static HostTensor Of(float[] values, params int[] dims) => HostTensor.Of(new Shape(dims), values);

    private static float[] Slopes(Op op, float[] x) => OneOp.Run(op, Array.ConvertAll(x, _ => 1f), Of(x, x.Length)).Gradient;

    private static void RequireNear(double expected, float actual, double scale, string where) => Assert.True(
        float.IsFinite(actual) && Math.Abs(actual - expected) <= Tolerance * Math.Max(scale, Math.Abs(expected)),
        $"{where}: {actual}, the closed form says {expected}");

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double SwishSlope(double x, double a) => Sigmoid(a * x) * (1 + (a * x * Sigmoid(-a * x)));

    // Abramowitz & Stegun (1964), 7.1.26: erf to 1.5e-7.
    private static double Phi(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * z));
        var series = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        var erf = 1 - (series * Math.Exp(-z * z));
        return 0.5 * (1 + (Math.Sign(x) * erf));
    }
}
