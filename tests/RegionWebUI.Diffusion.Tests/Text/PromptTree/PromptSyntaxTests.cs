using CsCheck;
using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Tests.Text.PromptTree;

public sealed class PromptSyntaxTests
{
    private const int LongestPrompt = 32_768;

    private static readonly Gen<PromptOptions> _options = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, (a, b, c) => new PromptOptions(a, b, c));

    public static TheoryData<string> Worst => PromptTexts.Worst;

    [Fact]
    public void Parse_AnyText_CoversItWithoutGaps() => Gen.Select(PromptTexts.Any, _options).Sample(
        (text, options) =>
        {
            var syntax = PromptSyntax.Parse(text, options);
            AssertCovers(syntax.Nodes, new TextSpan(0, text.Length));
            foreach (var node in syntax.AllNodes)
            {
                Assert.InRange(node.Clean.End, node.Clean.Start, syntax.Clean.Text.Length);
                if (node.IsToken)
                {
                    AssertInside(node);
                }
                else
                {
                    AssertCovers(node.Children, node.Span);
                }
            }
        },
        iter: 5000);

    [Fact]
    public void Parse_AnyText_KeepsEveryCharacterThatIsNoCommentOrTag() => Gen.Select(PromptTexts.Any, _options).Sample(
        (text, options) =>
        {
            var syntax = PromptSyntax.Parse(text, options);
            var tokens = syntax.AllNodes.Where(node => node is TokenNode or NumberNode or CommentNode { Clean.Length: > 0 });
            Assert.Equal(syntax.Clean.Text, string.Concat(tokens.Select(node => syntax.Clean.Text[node.Clean.Start..node.Clean.End])));
        },
        iter: 5000);

    [Fact]
    public void Derived_AnyText_ComesFromWhereItSays() => Gen.Select(PromptTexts.Any, _options, Gen.Int[1, 8]).Sample(
        (text, options, steps) =>
        {
            var syntax = PromptSyntax.Parse(text, options);
            foreach (var part in syntax.SubPrompts.SelectMany(sub => Parts(syntax, sub, steps)))
            {
                for (var i = 0; i < part.Text.Text.Length; i++)
                {
                    var (character, source) = (part.Text.Text[i], text[part.Text.SourceOf(i)]);
                    Assert.True(character == source || (character == '\n' && source == '#'), $"{character} from {source}");
                }
            }
        },
        iter: 3000);

    [Fact]
    public void Inspect_AnyText_PointsIntoIt() => Gen.Select(PromptTexts.Any, _options, Gen.Int[1, 8]).Sample(
        (text, options, steps) =>
        {
            foreach (var diagnostic in PromptInspector.Inspect(PromptSyntax.Parse(text, options), new ScheduleSettings(steps)))
            {
                Assert.InRange(diagnostic.Span.Start, 0, text.Length);
                Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
                Assert.EndsWith(".", diagnostic.Message, StringComparison.Ordinal);
            }
        },
        iter: 3000);

    [Theory]
    [MemberData(nameof(Worst))]
    public void Parse_LongestPrompt_NeedsWorkInProportion(string piece)
    {
        var prompt = string.Concat(Enumerable.Repeat(piece, LongestPrompt / piece.Length));
        var syntax = PromptSyntax.Parse(prompt, PromptOptions.Positive);

        AssertCovers(syntax.Nodes, new TextSpan(0, prompt.Length));
        Assert.InRange(syntax.AllNodes.Count(), 1, 4 * LongestPrompt);
        Assert.NotNull(PromptInspector.Inspect(syntax, new ScheduleSettings(2)).ToString());
        Assert.All(syntax.SubPrompts, sub => Assert.NotEmpty(Parts(syntax, sub, 2)));
    }

    [Fact]
    public void Parse_ScheduleInWeight_MakesOneTreeOfBoth()
    {
        var syntax = PromptSyntax.Parse("(a [b:c:5] d:1.3) AND e:2", PromptOptions.Positive);

        Assert.Equal([1.0, 2.0], syntax.SubPrompts.Select(sub => sub.Weight));
        var emphasis = Assert.IsType<EmphasisNode>(syntax.SubPrompts[0].Content[0]);
        Assert.Equal((1.3, new TextSpan(0, 17)), (emphasis.Factor, emphasis.Span));
        var schedule = Assert.Single(emphasis.Children.OfType<ScheduleNode>());
        Assert.Equal((new TextSpan(3, 10), "5"), (schedule.Span, schedule.When.Text));
    }

    [Fact]
    public void Parse_TagInsideAWord_KeepsTheWordAndTheTag()
    {
        var syntax = PromptSyntax.Parse("a BR<lora:x:1>EAK b (c:1<lora:y>.5)", PromptOptions.Positive);

        Assert.Equal("a BREAK b (c:1.5)", syntax.Clean.Text);
        Assert.Equal(["x", "y"], syntax.NetworkTags.Select(tag => tag.Items[0]));
        Assert.Contains(syntax.AllNodes, node => node is TokenNode { Kind: TokenKind.Break } && node.Span == new TextSpan(2, 17));
        Assert.Contains(syntax.AllNodes, node => node is NumberNode { Value: 1.5 } number && number.Children.Length == 1);
    }

    private static IEnumerable<WeightedText> Parts(PromptSyntax syntax, SubPromptNode sub, int steps)
    {
        try
        {
            return [.. syntax.ScheduleOf(sub, new ScheduleSettings(steps)).Entries.SelectMany(entry => AttentionReader.Read(entry.Text))];
        }
        catch (PromptException error)
        {
            Assert.InRange(error.Span.Length, 1, syntax.Source.Length);
            return [new WeightedText(syntax.TextOf(sub), 1)];
        }
    }

    private static void AssertCovers(IReadOnlyList<PromptNode> nodes, TextSpan span)
    {
        var at = span.Start;
        foreach (var node in nodes)
        {
            Assert.Equal(at, node.Span.Start);
            at = node.Span.End;
        }

        Assert.Equal(span.End, at);
    }

    private static void AssertInside(PromptNode token)
    {
        var at = token.Span.Start;
        foreach (var child in token.Children)
        {
            Assert.InRange(child.Span.Start, at, token.Span.End);
            at = child.Span.End;
        }

        Assert.InRange(at, token.Span.Start, token.Span.End);
    }
}
