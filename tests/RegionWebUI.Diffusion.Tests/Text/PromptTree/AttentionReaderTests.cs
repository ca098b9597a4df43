using CsCheck;
using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Tests.Text.PromptTree;

public sealed class AttentionReaderTests
{
    [Fact]
    public void Values_AnyOrderOfProducts_AreThoseOfOneByOne() => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 2]).Array[0, 60].Sample(
        steps =>
        {
            var weights = new NestedWeights();
            var expected = new List<double>();
            foreach (var (kind, first, factor) in steps)
            {
                if (kind < 2)
                {
                    expected.Add(kind == 0 ? 1 : -1);
                    weights.Add(expected[^1]);
                    continue;
                }

                var (from, by) = (Math.Min(first, expected.Count), ((double[])[1.1, 1 / 1.1, 0.7])[factor]);
                weights.Multiply(from, by);
                for (var i = from; i < expected.Count; i++)
                {
                    expected[i] *= by;
                }
            }

            Assert.Equal(expected, weights.Values.ToArray());
        },
        iter: 5000);

    [Fact]
    public void Read_WeightsBeyondNumbers_AreKeptApart()
    {
        var parts = AttentionReader.Read(SourcedText.Of($"((a:{new string('9', 400)})b\\(c:0)"));

        Assert.Equal(["a", "b(c"], parts.Select(part => part.Text.Text));
        Assert.Equal([double.NaN, 0], parts.Select(part => part.Weight));
    }

    [Fact]
    public void Read_ThousandsOfBrackets_StayAtTheEndOfNumbers()
    {
        var parts = AttentionReader.Read(SourcedText.Of(string.Concat(Enumerable.Repeat("(a", 16_000))));

        Assert.Equal((1.1, 1.1 * 1.1, double.PositiveInfinity), (parts[0].Weight, parts[1].Weight, parts[^1].Weight));
    }

    [Theory]
    [InlineData("a (b:1..2) c", 5, 9, "'1..2'")]
    [InlineData("(b: +. )", 4, 6, "'+.'")]
    public void Read_WeightThatIsNoNumber_IsRefusedWithItsPlace(string text, int start, int end, string named)
    {
        var error = Assert.Throws<PromptException>(() => AttentionReader.Read(SourcedText.Of(text)));

        Assert.Equal(new TextSpan(start, end), error.Span);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LongWeightThatIsNoNumber_IsRefusedInAShortSentence()
    {
        var text = SourcedText.Of($"(b:{new string('.', 5000)})");

        var error = Assert.Throws<PromptException>(() => AttentionReader.Read(text));

        Assert.Equal(new TextSpan(3, 5003), error.Span);
        Assert.InRange(error.Message.Length, 1, 200);
    }
}
