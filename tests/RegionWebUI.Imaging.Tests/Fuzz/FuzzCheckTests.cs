using RegionWebUI.Fuzz;

namespace RegionWebUI.Imaging.Tests.Fuzz;

/// <summary>The judge of the search sees what it is there to see.</summary>
public class FuzzCheckTests
{
    [Fact]
    public void Twice_GoodReader_HasNoProblem() => Assert.Null(FuzzCheck.Twice(new Reader((_, trail) => trail.Accept()), [1, 2]).Problem);

    [Fact]
    public void Twice_ExceptionThatEscapes_IsFound()
    {
        var outcome = FuzzCheck.Twice(new Reader((_, _) => throw new InvalidOperationException("not mine")), [1]);
        Assert.Contains("not mine", outcome.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void Twice_TooMuchMemory_IsFound() =>
        Assert.Contains("Allocated", FuzzCheck.Twice(new Reader((_, _) => GC.KeepAlive(new byte[5000])), [1]).Problem!, StringComparison.Ordinal);

    [Fact]
    public void Twice_ReadingsThatDiffer_AreFound()
    {
        var calls = 0;
        Assert.Equal("Two readings of one input differ.", FuzzCheck.Twice(new Reader((_, trail) => trail.Add(calls++)), [1]).Problem);
    }

    [Theory]
    [InlineData("No full stop at the end")]
    [InlineData("Two\nlines here.")]
    [InlineData("Two\u2028lines here.")]
    public void IsMessage_BadMessage_IsFound(string message) => Assert.Throws<BrokenPromiseException>(() => Promise.IsMessage(message));

    // Attributes cannot hold half a surrogate pair.
    [Fact]
    public void IsMessage_HalfASurrogatePair_IsFound() =>
        Assert.Throws<BrokenPromiseException>(() => Promise.IsMessage("Half a pair \ud800 here."));

    [Fact]
    public void Decode_HalfASurrogatePair_IsKept() => Assert.Equal("a\ud800", FuzzText.Decode([0x61, 0xED, 0xA0, 0x80]));

    [Fact]
    public void IsMessage_LongMessage_IsFound() =>
        Assert.Throws<BrokenPromiseException>(() => Promise.IsMessage(new string('a', 1000) + "."));

    [Theory]
    [InlineData("a\u00e9\ud83d\ude00", new byte[] { 0x61, 0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80 })]
    [InlineData("\ufffda", new byte[] { 0xFF, 0x61 })]
    public void Decode_AnyBytes_AreText(string expected, byte[] bytes) => Assert.Equal(expected, FuzzText.Decode(bytes));

    [Theory]
    [InlineData("nothing", "There is no target 'nothing'.")]
    [InlineData("--minutes", "'--minutes' needs a value.")]
    [InlineData("--seed=1", "There is no option '--seed=1'.")]
    public void Parse_WrongArgument_SaysWhich(string word, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FuzzArguments.Parse([word])).Message);

    [Fact]
    public void Parse_MinutesThatAreNone_SaysTheRange() =>
        Assert.Equal(
            "--minutes is 'x'; it must be a number above 0, at most 10000.",
            Assert.Throws<ArgumentException>(() => FuzzArguments.Parse(["picture", "--minutes", "x"])).Message);

    private sealed class Reader(Action<byte[], Trail> read) : FuzzTarget
    {
        public override string Name => "made-up";

        public override int LongestInput => 10;

        public override long MostAllocated => 2000;

        public override long MostAllocatedPerByte => 1;

        public override double MostMicrosecondsPerByte => 1;

        protected override IReadOnlyList<byte[]> Tokens => [];

        public override void Read(byte[] input, Trail trail) => read(input, trail);
    }
}
