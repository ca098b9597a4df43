using System.ComponentModel.DataAnnotations;

namespace RegionalPrompts.Tests;

public class RegionalPromptsOptionsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \n\n", "")]
    [InlineData("a cat\na dog", "")]
    [InlineData("a cat\na dog\na cow", "2, 1,0.5")]
    public void Validate_ValuesThatFit_SaysNothing(string prompts, string split) => Assert.Empty(Problems(prompts, split));

    [Theory]
    [InlineData("a cat", "", "Prompts", "Prompts are given for 1 region; 2 to 16 can be given, one per line, or none.")]
    [InlineData("a cat\na dog", "1,2,3", "Split", "The split '1,2,3' has 3 parts for 2 prompts; give one for each.")]
    [InlineData("a cat\na dog", "1;2", "Split", "The split '1;2' is not a list of numbers above 0, as 2,1,1.")]
    [InlineData("a cat\na dog", "1,0", "Split", "The split '1,0' is not a list of numbers above 0, as 2,1,1.")]
    [InlineData("a cat\na dog", "1,-2", "Split", "The split '1,-2' is not a list of numbers above 0, as 2,1,1.")]
    [InlineData("a cat\na dog", "1,1e999", "Split", "The split '1,1e999' is not a list of numbers above 0, as 2,1,1.")]
    public void Validate_ValuesThatDoNot_SaysWhich(string prompts, string split, string member, string message)
    {
        var problem = Assert.Single(Problems(prompts, split));
        Assert.Equal(message, problem.ErrorMessage);
        Assert.Equal([member], problem.MemberNames);
    }

    [Fact]
    public void Validate_SeventeenRegions_AreTooMany() =>
        Assert.StartsWith("Prompts are given for 17 regions; 2 to 16",
            Assert.Single(Problems(string.Join('\n', Enumerable.Repeat("a cat", 17)), "")).ErrorMessage, StringComparison.Ordinal);

    [Fact]
    public void Regions_Lines_AreTrimmedAndEmptyOnesLeftOut()
    {
        var options = new RegionalPromptsOptions { Prompts = " a cat \r\n\n a dog" };
        Assert.Equal(["a cat", "a dog"], options.Regions());
        Assert.Equal([1, 1], options.Shares());
    }

    private static List<ValidationResult> Problems(string prompts, string split)
    {
        var options = new RegionalPromptsOptions { Prompts = prompts, Split = split };
        return [.. options.Validate(new ValidationContext(options))];
    }
}
