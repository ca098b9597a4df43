using RegionWebUI.Diffusion.Text;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text;

public sealed class PromptReaderTests
{
    private static readonly PromptReader _reader = PromptReader.Open(Repository.PocketModel);

    [Theory]
    [InlineData("", 0, 75)]
    [InlineData("a cat", 2, 75)]
    [InlineData("a cat BREAK a dog", 77, 150)]
    [InlineData("(a cat:1.4)", 2, 75)]
    [InlineData("[a:a b c:0.5]", 3, 75)]
    [InlineData("[a|a b] AND a b c d", 4, 75)]
    [InlineData("a <lora:x:1> # a b c", 1, 75)]
    public void Read_Prompt_CountsTheLongestText(string prompt, int tokens, int capacity)
    {
        var reading = Read(prompt);

        Assert.Equal((tokens, capacity), (reading.Tokens, reading.Capacity));
    }

    [Theory]
    [InlineData(75, 75)]
    [InlineData(76, 150)]
    public void Read_ChunkIsFull_RoomComesWithTheNextToken(int words, int capacity)
    {
        var reading = Read(string.Join(' ', Enumerable.Repeat("a", words)));

        Assert.Equal((words, capacity), (reading.Tokens, reading.Capacity));
    }

    [Fact]
    public void Read_Negative_ReadsAndAsAWord() =>
        Assert.Equal((Read("a AND b").Tokens + 2, true), (Read("a AND b", isNegative: true).Tokens, Read("a AND b").Marks.Count == 0));

    [Theory]
    [InlineData("(a:1..2)", 3, 4, PromptMarkSeverity.Error, "'1..2' is not a number")]
    [InlineData("b [a:b:1e999]", 7, 5, PromptMarkSeverity.Error, "too large")]
    [InlineData("(a:[1..2:2..3:5])", 4, 4, PromptMarkSeverity.Error, "'1..2' is not a number")]
    [InlineData("a (cat", 2, 1, PromptMarkSeverity.Warning, "never closed")]
    [InlineData("cat <lora:ink:0.8>", 4, 14, PromptMarkSeverity.Warning, "no network 'ink' here; the tag is left out")]
    [InlineData("[a:b:30]", 0, 8, PromptMarkSeverity.Warning, "20 steps")]
    [InlineData("[a:b]", 0, 5, PromptMarkSeverity.Hint, "no schedule")]
    public void Read_SurprisingPlace_IsMarked(string prompt, int start, int length, PromptMarkSeverity severity, string says)
    {
        var mark = Assert.Single(Read(prompt).Marks);

        Assert.Equal((start, length, severity), (mark.Start, mark.Length, mark.Severity));
        Assert.Contains(says, mark.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralMarks_AreInThePromptsOrder() =>
        Assert.Equal([0, 11, 12, 26], Read("<lora:a:1> (<lora:b:1>: b (").Marks.Select(mark => mark.Start));

    [Fact]
    public void Read_EmphasisNone_BracketsAreText()
    {
        var reading = Read("(a:1..2", new TextSettings { Emphasis = EmphasisMode.None });

        Assert.Empty(reading.Marks);
        Assert.True(reading.Tokens > 3);
    }

    [Fact]
    public void Read_OldSchedules_ANumberBelowOneIsAShare()
    {
        Assert.NotEmpty(Read("[a:b:5e-1]").Marks);
        Assert.Empty(Read("[a:b:5e-1]", new TextSettings { OldSchedules = true }).Marks);
    }

    [Fact]
    public void Read_TooLong_IsOneErrorAndNotParsed()
    {
        var reading = Read(new string('(', 32_769));

        var mark = Assert.Single(reading.Marks);
        Assert.Equal((0, 75), (reading.Tokens, reading.Capacity));
        Assert.Equal((PromptMarkSeverity.Error, 32_769), (mark.Severity, mark.Length));
        Assert.Contains("at most 32,768 characters, not 32,769", mark.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoModel_SaysSo()
    {
        Assert.Contains("does not exist", Assert.Throws<ModelException>(() => PromptReader.Open("no such folder")).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<ModelException>(() => PromptReader.Open("")).Message, StringComparison.Ordinal);
    }

    private static PromptReading Read(string prompt, TextSettings? settings = null, bool isNegative = false) =>
        _reader.Read(prompt, isNegative, 20, settings ?? new TextSettings());
}
