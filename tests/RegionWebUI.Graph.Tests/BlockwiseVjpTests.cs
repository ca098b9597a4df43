using RegionWebUI.Graph.Gradients;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph.Tests;

/// <summary>How a gradient is cut into steps. That the numbers are those of the whole gradient is shown where graphs run.</summary>
public class BlockwiseVjpTests
{
    private const int Size = 1000;

    [Fact]
    public void Steps_Chain_AreEachBlockForwardAndBackAndTheLastBlockOnce()
    {
        var plan = BlockwiseVjp.OfLoss(Chain(4), "loss", ["x"]);

        Assert.Equal(
            ["chain-blocks-forward-0", "chain-blocks-forward-1", "chain-blocks-forward-2", "chain-blocks-backward-3", "chain-blocks-backward-2",
                "chain-blocks-backward-1", "chain-blocks-backward-0"],
            plan.Steps.Select(s => s.Graph.Name));
        Assert.Equal(["loss", "d_x"], plan.Outputs);
    }

    [Fact]
    public void Steps_GraphWithoutBlockEnds_AreTheWholeGradient()
    {
        var plan = BlockwiseVjp.OfLoss(Chain(4) with { BlockEnds = [] }, "loss", ["x"]);

        var step = Assert.Single(plan.Steps);
        Assert.Equal(["loss", "d_x"], step.Graph.Outputs.Select(o => o.Name));
        Assert.Equal(ActivationMemory.Peak(Vjp.OfLoss(Chain(4), "loss", ["x"])), plan.PeakBytes);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    public void PeakBytes_Chain_GrowsByOneValueABlockAndNotByAll(int blocks)
    {
        var whole = ActivationMemory.Peak(Vjp.OfLoss(Chain(blocks), "loss", ["x"]));
        var inBlocks = BlockwiseVjp.OfLoss(Chain(blocks), "loss", ["x"]).PeakBytes;
        var more = BlockwiseVjp.OfLoss(Chain(blocks + 1), "loss", ["x"]).PeakBytes;

        Assert.Equal(Size * sizeof(float), more - inBlocks);
        Assert.True(inBlocks < whole / 2, $"{inBlocks} block by block, {whole} in one graph");
    }

    [Fact]
    public void Steps_BlocksWithoutGradient_AreOneForwardStep()
    {
        var b = new GraphBuilder("fixed");
        var (x, c) = (b.Input("x", TensorType.Float(Size)), b.Input("c", TensorType.Float(Size)));
        for (var i = 0; i < 5; i++)
        {
            c = b.Sin(c);
            b.EndBlock();
        }

        b.Output("loss", b.Mean(b.Multiply(x, c), 0));
        var plan = BlockwiseVjp.OfLoss(b.Build(), "loss", ["x"]);

        Assert.Equal(["fixed-blocks-forward-0", "fixed-blocks-backward-1"], plan.Steps.Select(s => s.Graph.Name));
    }

    [Fact]
    public void Steps_WhatDependsOnWeightsAlone_IsComputedWhereItIsUsed()
    {
        var b = new GraphBuilder("folded");
        var x = b.Input("x", TensorType.Float(Size));
        var table = b.Exp(b.Weight("w", Size));
        for (var i = 0; i < 3; i++)
        {
            b.EndBlock();
            x = b.Multiply(b.Sin(x), table);
        }

        b.Output("loss", b.Mean(x, 0));
        var plan = BlockwiseVjp.OfLoss(b.Build(), "loss", ["x"]);

        Assert.All(plan.Steps, step => Assert.True(step.Graph.Inputs.Length <= 2, string.Join(", ", step.Graph.Inputs.Select(i => i.Name))));
        Assert.All(plan.Steps, step => Assert.Equal("w", Assert.Single(step.Graph.Weights).Name));
    }

    [Fact]
    public void Steps_EveryTensor_IsMadeBeforeItIsUsedAndSpentAfterItsLastUse()
    {
        var plan = BlockwiseVjp.OfLoss(Skips(), "loss", ["x", "c"]);
        var held = new HashSet<string> { "x", "c" };
        foreach (var step in plan.Steps)
        {
            Assert.All(step.Graph.Inputs, input => Assert.Contains(input.Name, held));
            held.UnionWith(step.Graph.Outputs.Select(o => o.Name));
            Assert.All(step.Spent, name => Assert.True(held.Remove(name), name));
        }

        Assert.Equal(["c", "d_c", "d_x", "loss", "x"], held.Order());
    }

    [Fact]
    public void OfLoss_WhatVjpRefuses_IsRefusedInTheSameWords()
    {
        var b = new GraphBuilder("two");
        var (x, other) = (b.Input("x", TensorType.Float(Size)), b.Input("other", TensorType.Float(Size)));
        b.Output("wide", b.Exp(b.Sin(x)));
        b.Output("loss", b.Mean(b.Exp(x), 0));
        b.Output("rest", b.Exp(other));
        var graph = b.Build();

        Same("wide", "x");
        Same("loss", "other");
        Same("loss", "nothing");
        Same("nothing", "x");

        void Same(string loss, string wrt) => Assert.Equal(
            Assert.Throws<GraphException>(() => Vjp.OfLoss(graph, loss, [wrt])).Message,
            Assert.Throws<GraphException>(() => BlockwiseVjp.OfLoss(graph, loss, [wrt])).Message);
    }

    private static Graph Chain(int blocks)
    {
        var b = new GraphBuilder("chain");
        var x = b.Input("x", TensorType.Float(Size));
        for (var i = 0; i < blocks; i++)
        {
            x = b.Sigmoid(b.Exp(b.Sin(b.Multiply(x, x))));
            if (i < blocks - 1)
            {
                b.EndBlock();
            }
        }

        b.Output("loss", b.Mean(x, 0));
        return b.Build();
    }

    private static Graph Skips()
    {
        var b = new GraphBuilder("skips");
        var (x, c) = (b.Input("x", TensorType.Float(Size)), b.Input("c", TensorType.Float(Size)));
        var values = new List<Value> { x };
        for (var i = 0; i < 6; i++)
        {
            values.Add(b.Sin(b.Multiply(values[^1], i % 2 == 0 ? c : values[0])));
            b.EndBlock();
        }

        b.Output("loss", b.Mean(b.Multiply(b.Add(values[^1], values[2]), values[3]), 0));
        return b.Build();
    }
}
