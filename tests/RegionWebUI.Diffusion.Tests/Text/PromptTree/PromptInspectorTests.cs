using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Tests.Text.PromptTree;

public sealed class PromptInspectorTests
{
    [Theory]
    [InlineData("a (b", "UnclosedBracket 2-3 Warning")]
    [InlineData("[b", "UnclosedBracket 0-1 Warning")]
    [InlineData("a) b]", "UnopenedBracket 1-2 Warning;UnopenedBracket 4-5 Warning")]
    [InlineData("(a [b) c]", "CrossedBrackets 5-6 Warning")]
    [InlineData("(a:1..2)", "WeightIsNoNumber 3-7 Error")]
    [InlineData("(a:1e2)", "LooksLikeWeight 3-6 Warning")]
    [InlineData("(a:1,2)", "LooksLikeWeight 3-6 Warning")]
    [InlineData("[a:b:1e999]", "SwitchStepTooLarge 5-10 Error")]
    [InlineData("[a:b:1.0]", "NeverSwitches 0-9 Warning")]
    [InlineData("[a:1.3]", "NeverSwitches 0-7 Warning")]
    [InlineData("[a:b:99]", "NeverSwitches 0-8 Warning")]
    [InlineData("[a:b:19]", "NeverSwitches 0-8 Warning")]
    [InlineData("[a:b:18]", "")]
    [InlineData("[a:b:5e-1]", "SwitchedFromStart 0-10 Warning")]
    [InlineData("[a:0]", "")]
    [InlineData("[a:b]", "NotASchedule 0-5 Hint")]
    [InlineData("[a:b:c:5]", "NotASchedule 0-9 Hint")]
    [InlineData("[a:b:5] c|d", "SchedulesOff 9-10 Warning")]
    [InlineData("[a|b:5]", "SchedulesOff 0-7 Warning")]
    [InlineData("a|b", "")]
    [InlineData("ratio 16:9", "NumberTakenAsWeight 9-10 Warning")]
    [InlineData("ratio 16:9,", "")]
    [InlineData("a AND b:2", "")]
    [InlineData("(a AND b:1.2)", "UnclosedBracket 0-1 Warning;AndInBrackets 3-6 Warning;UnopenedBracket 12-13 Warning")]
    [InlineData("a AND ", "EmptySubPrompt 5-6 Hint")]
    [InlineData("(a BREAK b)", "BreakInBrackets 3-8 Warning")]
    [InlineData("[a BREAK b:c:5]", "")]
    [InlineData("<lora:x:1> <lora:x:.5>", "TagTwice 11-22 Warning")]
    [InlineData("[<lora:x:1>:5]", "TagInSchedule 1-11 Warning")]
    [InlineData("a cat, (blue:1.2) [x:y:0.5] [p|q] \\(z\\) BREAK <lora:x:1> # (", "")]
    public void Inspect_Prompt_NamesWhatWouldSurprise(string prompt, string expected) =>
        Assert.Equal(expected, Found(prompt, PromptOptions.Positive));

    [Theory]
    [InlineData("ugly <lora:x:1>", "TagInNegative 5-15 Warning")]
    [InlineData("ratio 16:9 AND", "")]
    public void Inspect_NegativePrompt_NamesWhatWouldSurprise(string prompt, string expected) =>
        Assert.Equal(expected, Found(prompt, PromptOptions.Negative));

    [Fact]
    public void Inspect_StepsUnknown_LeavesOutWhatDependsOnThem() =>
        Assert.Empty(PromptInspector.Inspect(PromptSyntax.Parse("[a:b:99]", PromptOptions.Positive), null));

    [Theory]
    [InlineData("(a:{0})", '.')]
    [InlineData("[a:b:{0}]", '9')]
    [InlineData("a:{0}", '1')]
    public void Inspect_LongNumber_IsNamedInAShortSentence(string prompt, char digit)
    {
        var text = prompt.Replace("{0}", new string(digit, 5000), StringComparison.Ordinal);
        var diagnostics = PromptInspector.Inspect(PromptSyntax.Parse(text, PromptOptions.Positive), new ScheduleSettings(20));
        Assert.InRange(Assert.Single(diagnostics).Message.Length, 1, 300);
    }

    private static string Found(string prompt, PromptOptions options)
    {
        var diagnostics = PromptInspector.Inspect(PromptSyntax.Parse(prompt, options), new ScheduleSettings(20));
        return string.Join(';', diagnostics.Select(d => $"{d.Problem} {d.Span.Start}-{d.Span.End} {d.Severity}"));
    }
}
