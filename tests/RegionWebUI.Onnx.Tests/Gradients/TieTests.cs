using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>Gradients where a function has a corner or a step.</summary>
public class TieTests
{
    [Fact]
    public void Relu_AtZero_HasSlopeZeroAsPyTorch()
    {
        var (_, gradient) = Unary(new Activation.Rectified(), 0, -0f, 1e-30f, -1e-30f, 3, -3);

        Assert.Equal([0, 0, 1, 0, 1, 0], gradient);
    }

    [Fact]
    public void Clip_AtItsLimits_HasSlopeOneAsPyTorch()
    {
        float[] x = [-1, MathF.BitIncrement(-1), MathF.BitDecrement(-1), 0.5f, 2, MathF.BitDecrement(2), MathF.BitIncrement(2), -80, 80];

        var (y, gradient) = Unary(new Function.Clamp(-1, 2), x);

        Assert.Equal([1, 1, 0, 1, 1, 1, 0, 0, 0], gradient);
        Assert.Equal(x.Select(v => Math.Clamp(v, -1, 2)), y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void MaxPool_EqualGreatestCells_ShareTheGradientEquallyAndKeepItsSum(int seed)
    {
        var random = new Random(seed);
        var (height, width, rows, columns) = (1 + random.Next(3), 1 + random.Next(3), 3 + random.Next(5), 3 + random.Next(5));
        var shape = new Shape(2, 3, rows, columns);
        float[] x = [.. Enumerable.Range(0, (int)shape.ElementCount).Select(_ => (float)random.Next(3))];
        var (down, across) = (rows / height, columns / width);
        var dy = DifferenceQuotient.Normal(random, 6 * down * across);

        var (y, gradient) = OneOp.Run(new Pool.Greatest(height, width), dy, HostTensor.Of(shape, x));

        for (var block = 0; block < dy.Length; block++)
        {
            var (plane, top, left) = (block / (down * across), block / across % down * height, block % across * width);
            var cells = Enumerable.Range(0, height * width)
                .Select(i => (((plane * rows) + top + (i / width)) * columns) + left + (i % width)).ToList();
            var greatest = cells.Where(c => x[c] == y[block]).ToList();
            Assert.NotEmpty(greatest);
            Assert.All(greatest, c => Assert.Equal(dy[block] / greatest.Count, gradient[c], 1e-6f));
            Assert.All(cells.Except(greatest), c => Assert.Equal(0, gradient[c]));
            Assert.Equal(dy[block], cells.Sum(c => gradient[c]), 1e-5f);
        }

        Assert.Equal(dy.Sum(), gradient.Sum(), 1e-4f);
    }

    [Fact]
    public void Masks_BesideAnotherPath_AddNothingToItsGradient()
    {
        float[] x = [-2, -1, 0, 0.5f, 1, 2];
        float[] other = [-2, 3, 0, 0.5f, 1.5f, 2];
        var (between, byRange) = Masked((b, values) => b.Between(values[0], -1, 1), x);
        var (equal, byEquality) = Masked((b, values) => b.Equal(values[0], values[1]), x, other);

        Assert.Equal([0, 0, 1, 1, 0, 0], byRange);
        Assert.Equal(x.Select((v, i) => v * byRange[i]), between);
        Assert.Equal([1, 0, 1, 1, 0, 1], byEquality);
        Assert.Equal(x.Select((v, i) => v * byEquality[i]), equal);
    }

    [Fact]
    public void Masks_OnTheOnlyPath_LeaveNothingToDifferentiate()
    {
        foreach (var mask in new Op[] { new Mask.Inside(-1, 1), new Mask.Same() })
        {
            var graph = OneOp.Graph(mask, [.. Enumerable.Repeat(HostTensor.Empty(new Shape(3)), mask is Mask.Same ? 2 : 1)]);
            var error = Assert.Throws<GraphException>(() => Vjp.Differentiate(graph, ["y"], ["x0"]));
            Assert.Contains("nothing leads from 'x0' to y", error.Message, StringComparison.Ordinal);
        }
    }

    // y = x m(x, ...).
    private static (float[] Y, float[] Gradient) Masked(Func<GraphBuilder, Value[], Value> mask, params float[][] inputs)
    {
        var b = new GraphBuilder("masked");
        var given = OneOp.Inputs([.. inputs.Select(x => HostTensor.Of(new Shape(x.Length), x))]);
        var values = given.Select(x => b.Input(x.Key, x.Value.Type)).ToArray();
        b.Output("y", b.Multiply(values[0], mask(b, values)));
        return OneOp.Run(b.Build(), given, Ones(inputs[0]));
    }

    private static (float[] Y, float[] Gradient) Unary(Op op, params float[] x) => OneOp.Run(op, Ones(x), HostTensor.Of(new Shape(x.Length), x));

    private static float[] Ones(float[] like) => Array.ConvertAll(like, _ => 1f);
}
