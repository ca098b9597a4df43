using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph.Tests;

public class GraphCheckerTests
{
    /// <summary>One graph per rule that breaks that rule, and none before it.</summary>
    private static readonly Dictionary<string, Func<Graph, Graph>> _breakers = new()
    {
        ["names are not empty and unique"] = g => g with { Outputs = [g.Outputs[0] with { Name = g.Inputs[0].Name }] },
        ["shapes are positive"] = g => g with
        {
            Inputs = [g.Inputs[0] with { Value = g.Inputs[0].Value with { Type = TensorType.Float(1, 0, 4, 4) } }],
        },
        ["constants are as long as their shape"] = g => g with { Constants = [g.Constants[0] with { Data = [1, 2] }] },
        ["every value is defined once"] = g => g with { Nodes = [.. g.Nodes, g.Nodes[0]] },
        ["operands are defined before use, with the type they were defined with"] = g => g with { Nodes = [.. g.Nodes.Reverse()] },
        ["results have the type of their op's shape rule"] = g => g with
        {
            Nodes = g.Nodes.SetItem(0, g.Nodes[0] with { Op = new Conv.Conv2d(2, 1, 1, 1, 1) }),
        },
        ["outputs are defined"] = g => g with { Outputs = [g.Outputs[0] with { Value = new Value(999, TensorType.Float(1)) }] },
        ["every value is used"] = g => g with { Inputs = [.. g.Inputs, new GraphInput("spare", new Value(998, TensorType.Float(1)))] },
        ["block ends ascend within the nodes"] = g => g with { BlockEnds = [g.Nodes.Length + 1] },
    };

    public static TheoryData<string> RuleNames => [.. GraphChecker.Rules.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Check_GraphThatBreaksOneRule_NamesThatRule(string rule)
    {
        var broken = _breakers[rule](Valid());

        var error = Assert.Throws<GraphException>(() => GraphChecker.Check(broken));

        Assert.Contains($"'{rule}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OperandOfAnotherType_NamesTheRule()
    {
        var graph = Valid();
        var node = graph.Nodes[1];
        var retyped = node with { Inputs = node.Inputs.SetItem(0, node.Inputs[0] with { Type = TensorType.Float(9) }) };

        var error = Assert.Throws<GraphException>(() => GraphChecker.Check(graph with { Nodes = graph.Nodes.SetItem(1, retyped) }));

        Assert.Contains("was defined as", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoOutput_IsRefused() =>
        Assert.Throws<GraphException>(() => GraphChecker.Check(Valid() with { Outputs = [] }));

    [Theory]
    [InlineData(0)]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    public void Check_BlockEndsOutOfOrder_AreRefused(params int[] ends) =>
        Assert.Throws<GraphException>(() => GraphChecker.Check(Valid() with { BlockEnds = [.. ends] }));

    [Fact]
    public void EndBlock_WithoutNodesSinceTheLast_IsNoEnd()
    {
        var b = new GraphBuilder("ends");
        var x = b.Input("x", TensorType.Float(2));
        b.EndBlock();
        x = b.Exp(x);
        b.EndBlock();
        b.EndBlock();
        b.Output("y", b.Exp(x));

        Assert.Equal([1], b.Build().BlockEnds);
    }

    [Fact]
    public void Check_ValidGraph_Passes() => GraphChecker.Check(Valid());

    [Fact]
    public void Weight_SameNameTwice_IsOneValue()
    {
        var b = new GraphBuilder("g");

        Assert.Same(b.Weight("w", 2, 2), b.Weight("w", 2, 2));
        Assert.Throws<GraphException>(() => b.Weight("w", 4));
    }

    private static Graph Valid()
    {
        var b = new GraphBuilder("valid");
        var x = b.Input("x", TensorType.Float(1, 2, 4, 4));
        var y = b.Convolve(x, b.Weight("w", 3, 2, 3, 3), b.Weight("b", 3), padding: 1);
        y = b.Multiply(b.Silu(y), b.Constant(new Shape(1, 3, 1, 1), [1, 2, 3]));
        b.Output("y", y);
        return b.Build();
    }
}
