using CsCheck;
using RegionWebUI.Diffusion.Tests.Text.PromptTree;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text.Chunks;

public sealed class PromptPairTests
{
    private static readonly ClipTokenizer _pocket = ClipTokenizer.Load(Path.Combine(Repository.PocketModel, "tokenizer"));

    [Theory]
    [InlineData("a red castle on a beach")]
    [InlineData("")]
    [InlineData("one, two, three. four! é 5")]
    public void At_PlainPrompt_HasTheChunksOfBefore(string prompt)
    {
        var pair = Pair(prompt, "bad", 10);
        var step = pair.At(3);

        Assert.Equal(Filled(prompt), Assert.Single(step.Positive).Chunks.Chunks.SelectMany(chunk => chunk.Ids));
        Assert.Equal(Filled("bad"), step.Negative.Chunks.SelectMany(chunk => chunk.Ids));
        Assert.All(step.Positive[0].Chunks.Chunks.SelectMany(chunk => chunk.Multipliers), weight => Assert.Equal(1, weight));
        Assert.Equal(7.5, step.CfgScaleOf(0, 7.5));
    }

    [Fact]
    public void At_ScheduleAndAlternation_ChangesWithTheCall()
    {
        var pair = Pair("[cat:dog:2] AND [a|b]:0.5", "[c:1]", 4);

        Assert.Equal(
            ["cat+a", "cat+a", "cat+b", "dog+a", "dog+b", "cat+a"],
            Enumerable.Range(0, 6).Select(call => string.Join('+', pair.At(call).Positive.Select(prompt => Words(prompt.Chunks)))));
        Assert.Equal(["", "", "c", "c"], Enumerable.Range(0, 4).Select(call => Words(pair.At(call).Negative)));
    }

    [Fact]
    public void CfgScaleOf_SeveralSubPrompts_MeanOfRowsIsTheSumOfGuidance()
    {
        const double Uncond = 0.3;
        double[] cond = [1, -2, 0.5];
        var step = Pair("a AND b:0.5 AND c:-1.5", "", 4).At(0);

        var rows = cond.Select((value, i) => Uncond + (step.CfgScaleOf(i, 7) * (value - Uncond)));

        Assert.Equal(Uncond + (7 * ((1 - Uncond) + (0.5 * (-2 - Uncond)) - (1.5 * (0.5 - Uncond)))), rows.Average(), 12);
    }

    [Fact]
    public void At_TextsOfDifferentLength_HaveEquallyManyChunks()
    {
        var step = Pair("a BREAK b BREAK c AND d", "e BREAK f", 4).At(0);

        Assert.Equal([3, 3, 3], step.Positive.Select(prompt => prompt.Chunks.Count).Append(step.Negative.Count));
    }

    [Fact]
    public void Of_ManySteps_CutsEachTextOnce()
    {
        var cuts = 0;
        var program = PromptProgram.Of(
            PromptSyntax.Parse("[a|b] AND a", PromptOptions.Positive),
            new ScheduleSettings(100),
            text =>
            {
                cuts++;
                return WeightedChunks.Of(_pocket, text, new ChunkOptions(), TextualInversions.Empty);
            });

        // " a" of the second part is another text than "a".
        Assert.Equal((3, 3, false), (cuts, program.Texts.Count(), program.IsConstant));
    }

    [Fact]
    public void Of_AnyPrompt_TokensPointToTheirPlace() => Gen.Select(PromptTexts.Any, Gen.Bool).Sample(
        (text, none) =>
        {
            var syntax = PromptSyntax.Parse(text, PromptOptions.Positive);
            var options = new ChunkOptions(Emphasis: none ? EmphasisMode.None : EmphasisMode.Original);
            foreach (var chunk in Cut(syntax, options).SelectMany(chunks => chunks.Chunks))
            {
                Assert.Equal(77, chunk.Ids.Length);
                Assert.Equal((77, 77), (chunk.Multipliers.Length, chunk.Sources.Length));
                Assert.All(chunk.Sources, span => Assert.InRange(span.End, span.Start, text.Length));
                var starts = chunk.Sources.Where(span => span.Length > 0).Select(span => span.Start).ToList();
                Assert.Equal(starts.Order(), starts);
            }
        },
        iter: 1000);

    [Fact]
    public void Of_EmphasisNone_ReadsNoBrackets()
    {
        var chunks = Assert.Single(Cut(PromptSyntax.Parse("(a BREAK b:1.2)", PromptOptions.Positive), new ChunkOptions(Emphasis: EmphasisMode.None)));

        Assert.Equal(_pocket.Encode("(a BREAK b:1.2)").Ids.Length, chunks.TokenCount);
        Assert.All(chunks.Chunks[0].Multipliers, weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Of_InversionLargerThanAChunk_IsRefused()
    {
        var inversions = new TextualInversions([new TextualInversion("big", _pocket.Encode("big").Ids, 76)]);

        var error = Assert.Throws<ModelException>(() => WeightedChunks.Of(_pocket, SourcedText.Of("a big cat"), new ChunkOptions(), inversions));
        Assert.Contains("'big' has 76 embeddings", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_SeveralInversionsFit_TakesTheLongestName()
    {
        var (first, both) = (_pocket.Encode("red").Ids, _pocket.Encode("red cat").Ids);
        var inversions = new TextualInversions([new TextualInversion("red", first, 1), new TextualInversion("red cat", both, 2)]);

        Assert.Equal("red cat", inversions.At([.. both])!.Name);
        Assert.Equal("red", inversions.At([.. first])!.Name);
        Assert.Null(inversions.At([_pocket.Eos]));
    }

    private static int[] Filled(string prompt)
    {
        var ids = _pocket.Encode(prompt).Ids;
        return [_pocket.Bos, .. ids, .. Enumerable.Repeat(_pocket.Eos, 76 - ids.Length)];
    }

    private static PromptPair Pair(string prompt, string negative, int steps) =>
        PromptPair.Of(_pocket, prompt, negative, new ScheduleSettings(steps), new ChunkOptions(), TextualInversions.Empty);

    private static List<WeightedChunks> Cut(PromptSyntax syntax, ChunkOptions options)
    {
        try
        {
            var settings = new ScheduleSettings(2);
            return [.. PromptProgram.Of(syntax, settings, text => WeightedChunks.Of(_pocket, text, options, TextualInversions.Empty)).Texts];
        }
        catch (PromptException)
        {
            return [];
        }
    }

    private static string Words(WeightedChunks chunks)
    {
        var ids = chunks.Chunks[0].Ids.Skip(1).TakeWhile(id => id != _pocket.Eos).ToList();
        return ((string[])["cat", "dog", "a", "b", "c", ""]).Single(word => _pocket.Encode(word).Ids.SequenceEqual(ids));
    }
}
