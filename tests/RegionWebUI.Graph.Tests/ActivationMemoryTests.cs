using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Graph.Tests;

/// <summary>Graphs whose peak is counted by hand, in floats.</summary>
public class ActivationMemoryTests
{
    private const int Elements = 6;

    [Fact]
    public void Peak_Chain_HoldsTwoLinksAtATime() => AssertFloats(2 * Elements, (b, x) => b.Exp(b.Exp(b.Exp(b.Exp(x)))));

    [Fact]
    public void Peak_OneNode_HoldsItsResultAndNotTheInput() => AssertFloats(Elements, (b, x) => b.Exp(x));

    [Fact]
    public void Peak_ValueUsedAgainAtTheEnd_IsHeldAllTheWay() => AssertFloats(3 * Elements, (b, x) =>
    {
        var early = b.Exp(x);
        return b.Add(b.Exp(b.Exp(early)), early);
    });

    [Fact]
    public void Peak_ManyKeptForLater_AddsThemUp() => AssertFloats(5 * Elements, (b, x) =>
    {
        Value[] kept = [b.Exp(x), b.Sin(x), b.Cos(x), b.Sigmoid(x)];
        return b.Add(b.Add(b.Add(kept[0], kept[1]), kept[2]), kept[3]);
    });

    [Fact]
    public void Peak_Reshape_TakesNothingButKeepsWhatItLooksInto() => AssertFloats(3 * Elements, (b, x) =>
    {
        var seen = b.Reshape(b.Exp(x), Elements);
        return b.Add(b.Reshape(b.Exp(b.Exp(seen)), Elements), seen);
    });

    [Fact]
    public void Peak_ReshapeOfAnInput_IsTheCallersMemory() => AssertFloats(Elements, (b, x) => b.Exp(b.Reshape(x, Elements)));

    [Fact]
    public void Peak_WhatDependsOnWeightsAlone_DoesNotCount() => AssertFloats(Elements, (b, x) =>
        b.Add(x, b.Exp(b.Exp(b.Weight("w", 2, 3)))));

    [Fact]
    public void Peak_Attention_CountsItsProbabilitiesOnlyWhenWrittenOut()
    {
        const int Tokens = 50, Width = 4;
        AssertFloats(Tokens * Width, (b, x) => b.Attend(x, x, x, heads: 2), Tokens, Width);

        // Scores and probabilities of both heads at once; before them the scaled q, whose heads are a transposed copy, and k and v likewise.
        var b = new GraphBuilder("explicit");
        var q = b.Input("x", TensorType.Float(1, Tokens, Width));
        b.Output("y", Gradients.ExplicitAttention.Write(b, new Attention.MultiHead(2, 0.5f, false), q, q, q));
        Assert.Equal(sizeof(float) * ((2 * 2 * Tokens * Tokens) + (Tokens * Width)), ActivationMemory.Peak(b.Build()));
    }

    [Fact]
    public void Peak_OutputsAreHeldToTheEnd()
    {
        var b = new GraphBuilder("outputs");
        var x = b.Input("x", TensorType.Float(Elements));
        var first = b.Exp(x);
        b.Output("first", first);
        b.Output("last", b.Exp(b.Exp(first)));

        Assert.Equal(3 * Elements * sizeof(float), ActivationMemory.Peak(b.Build()));
    }

    [Fact]
    public void BytesOf_EveryType_IsElementsTimesSize()
    {
        Assert.Equal(24, ActivationMemory.BytesOf(TensorType.Float(2, 3)));
        Assert.Equal(48, ActivationMemory.BytesOf(TensorType.Int64(2, 3)));
        Assert.Equal(12, ActivationMemory.BytesOf(new TensorType(DType.Float16, new Shape(2, 3))));
    }

    private static void AssertFloats(int expected, Func<GraphBuilder, Value, Value> write, int rows = 2, int columns = 3)
    {
        var b = new GraphBuilder("counted");
        var x = rows == 2 ? b.Input("x", TensorType.Float(rows, columns)) : b.Input("x", TensorType.Float(1, rows, columns));
        b.Output("y", write(b, x));

        Assert.Equal(expected * sizeof(float), ActivationMemory.Peak(b.Build()));
    }
}
