using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph.Tests;

public class ShapeRuleTests
{
    /// <summary>Op, operand shapes (i: int64), expected shape; null where the op must refuse.</summary>
    public static TheoryData<Op, string, string?> Cases => new()
    {
        { new Conv.Conv2d(1, 1, 1, 1, 1), "2,4,8,8 6,4,3,3 6", "[2, 6, 8, 8]" },
        { new Conv.Conv2d(2, 1, 1, 1, 1), "1,4,8,7 6,4,3,3 6", "[1, 6, 4, 4]" },
        { new Conv.Conv2d(2, 0, 0, 1, 1), "1,4,8,8 6,4,3,3 6", "[1, 6, 4, 4]" },
        { new Conv.Conv2d(1, 0, 0, 0, 0), "1,4,8,8 6,4,1,1", "[1, 6, 8, 8]" },
        { new Conv.Conv2d(1, 1, 1, 1, 1), "1,5,8,8 6,4,3,3", null },
        { new Conv.Conv2d(0, 1, 1, 1, 1), "1,4,8,8 6,4,3,3", null },
        { new Conv.Conv2d(1, -1, 1, 1, 1), "1,4,8,8 6,4,3,3", null },
        { new Conv.Conv2d(1, 3, 1, 1, 1), "1,4,8,8 6,4,3,3", null },
        { new Conv.Conv2d(1, 0, 0, 0, 0), "1,4,2,2 6,4,3,3", null },
        { new Conv.Conv2d(1, 1, 1, 1, 1), "1,4,8,8 6,4,3,3 5", null },
        { new Linear.Dense(), "2,77,8 16,8 16", "[2, 77, 16]" },
        { new Linear.Dense(), "2,8 16,8", "[2, 16]" },
        { new Linear.Dense(), "2,77,8 8,16", null },
        { new Linear.Dense(), "8 16,8", null },
        { new Norm.Group(2, 1e-5f), "1,4,8,8 4 4", "[1, 4, 8, 8]" },
        { new Norm.Group(3, 1e-5f), "1,4,8,8 4 4", null },
        { new Norm.Group(0, 1e-5f), "1,4,8,8 4 4", null },
        { new Norm.Group(2, 0), "1,4,8,8 4 4", null },
        { new Norm.Layer(1e-5f), "2,77,8 8 8", "[2, 77, 8]" },
        { new Norm.Layer(1e-5f), "2,77,8 8 7", null },
        { new Norm.Layer(float.NaN), "2,77,8 8 8", null },
        { new Norm.Standardized(1e-5f), "2,77,8", "[2, 77, 8]" },
        { new Norm.Standardized(0), "2,77,8", null },
        { new Norm.InverseDeviation(1e-5f), "2,77,8", "[2, 77, 1]" },
        { new Norm.InverseDeviation(1e-5f), "8", null },
        { new Attention.MultiHead(2, 0.5f, false), "1,64,8 1,77,8 1,77,8", "[1, 64, 8]" },
        { new Attention.MultiHead(3, 0.5f, false), "1,64,8 1,77,8 1,77,8", null },
        { new Attention.MultiHead(2, 0.5f, true), "1,64,8 1,77,8 1,77,8", null },
        { new Attention.MultiHead(2, 0, false), "1,64,8 1,77,8 1,77,8", null },
        { new Attention.MultiHead(2, 0.5f, false), "1,64,8 1,77,8 1,76,8", null },
        { new Resample.NearestUpsample(15, 19), "1,4,8,10", "[1, 4, 15, 19]" },
        { new Resample.NearestUpsample(7, 19), "1,4,8,10", null },
        { new Elementwise.Sum(), "2,1,4 3,1", "[2, 3, 4]" },
        { new Elementwise.Sum(), "2,2,4 3,1", null },
        { new Elementwise.Product(), "4", null },
        { new Activation.Swish(1), "2,3", "[2, 3]" },
        { new Activation.Swish(0), "2,3", null },
        { new Function.Clamp(-1, 1), "2,3", "[2, 3]" },
        { new Function.Clamp(1, -1), "2,3", null },
        { new Function.Sine(), "i2,3", null },
        { new Layout.Reshaped(new Shape(3, 2)), "2,3", "[3, 2]" },
        { new Layout.Reshaped(new Shape(3, 3)), "2,3", null },
        { new Layout.Transposed([1, 0]), "2,3", "[3, 2]" },
        { new Layout.Transposed([1, 1]), "2,3", null },
        { new Layout.Joined(1), "2,3 2,5 2,1", "[2, 9]" },
        { new Layout.Joined(1), "2,3 1,5", null },
        { new Layout.Joined(2), "2,3 2,3", null },
        { new Layout.Joined(0), "2,3", null },
        { new Layout.Sliced(1, 1, 2), "2,3", "[2, 2]" },
        { new Layout.Sliced(1, 2, 2), "2,3", null },
        { new Layout.Sliced(1, 0, 0), "2,3", null },
        { new Lookup.Rows(), "10,4 i2,7", "[2, 7, 4]" },
        { new Lookup.Rows(), "10,4 2,7", null },
        { new Lookup.RowOfEach(), "2,7,4 i2,1", "[2, 4]" },
        { new Lookup.RowOfEach(), "2,7,4 i3,1", null },
        { new Lookup.MarkOfEach(5), "i3,1", "[3, 5]" },
        { new Lookup.MarkOfEach(5), "i3,2", null },
        { new Conv.Transposed2d(2, 1, 1, 1, 1, 8, 6), "1,4,4,3 4,3,3,3 3", "[1, 3, 8, 6]" },
        { new Conv.Transposed2d(2, 1, 1, 1, 1, 9, 6), "1,4,4,3 4,3,3,3", null },
        { new Conv.Transposed2d(2, 1, 1, 1, 1, 8, 6), "1,3,4,3 4,3,3,3", null },
        { new Conv.Reversed(), "4,3,3,2", "[3, 4, 3, 2]" },
        { new Conv.Reversed(), "4,3,3", null },
        { new Matrix.Product(false, false), "2,3,4 2,4,5", "[2, 3, 5]" },
        { new Matrix.Product(true, false), "4,3 2,4,5", "[2, 3, 5]" },
        { new Matrix.Product(false, true), "2,3,4 2,5,4", "[2, 3, 5]" },
        { new Matrix.Product(false, false), "2,3,4 3,4,5", null },
        { new Matrix.Product(false, false), "2,3,4 2,5,4", null },
        { new Reduce.Total([0, 2]), "2,3,4", "[1, 3, 1]" },
        { new Reduce.Total([2, 0]), "2,3,4", null },
        { new Reduce.Average([1]), "2,3", "[2, 1]" },
        { new Reduce.Average([]), "2,3", null },
        { new Reduce.Spread(new Shape(2, 3, 4)), "3,1", "[2, 3, 4]" },
        { new Reduce.Spread(new Shape(3, 1)), "3,4", null },
        { new Reduce.SoftmaxLast(), "2,3", "[2, 3]" },
        { new Reduce.SoftmaxLast(), "i2,3", null },
        { new Pool.Average(2, 3), "1,4,7,7", "[1, 4, 3, 2]" },
        { new Pool.Average(0, 3), "1,4,7,7", null },
        { new Pool.Greatest(2, 2), "1,4,6,7", "[1, 4, 3, 3]" },
        { new Pool.Greatest(8, 2), "1,4,6,7", null },
        { new Mask.Inside(0, 1), "2,3", "[2, 3]" },
        { new Mask.Inside(1, 0), "2,3", null },
        { new Mask.Same(), "2,3 2,3", "[2, 3]" },
        { new Mask.Same(), "2,3 3", null },
        { new Layout.Padded(1, 2, 1), "2,3", "[2, 6]" },
        { new Layout.Padded(1, -1, 1), "2,3", null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Infer_Operands_GivesTheShapeOrRefusesByName(Op op, string operands, string? expected)
    {
        var types = operands.Split(' ').Select(Parse).ToArray();
        if (expected is null)
        {
            Assert.StartsWith(op.Name, Assert.Throws<GraphException>(() => op.Infer(types)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, op.Infer(types).Shape.ToString());
        }
    }

    [Fact]
    public void Cases_EveryOp_HasALegalAndARefusedCase()
    {
        var ops = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract).ToHashSet();
        // The rule of the others of their kind: functions of one element, and of two.
        HashSet<Type> sharedRule =
        [
            typeof(Activation.GeluErf), typeof(Activation.Logistic), typeof(Activation.Rectified), typeof(Function.Cosine),
            typeof(Function.Exponential), typeof(Function.Logarithm), typeof(Function.SquareRoot), typeof(Function.ArcSine),
            typeof(Function.ErrorFunction), typeof(Elementwise.Difference), typeof(Elementwise.Quotient),
        ];
        var tested = Cases.Select(c => c.Data.Item1.GetType()).ToHashSet();

        Assert.Equal(ops.Except(sharedRule).OrderBy(t => t.FullName), tested.OrderBy(t => t.FullName));
    }

    private static TensorType Parse(string text)
    {
        var dims = text.TrimStart('i').Split(',').Select(int.Parse).ToArray();
        return text[0] == 'i' ? TensorType.Int64(dims) : TensorType.Float(dims);
    }
}
