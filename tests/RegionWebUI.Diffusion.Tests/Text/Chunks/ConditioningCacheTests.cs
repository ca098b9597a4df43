using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text.Chunks;

public sealed class ConditioningCacheTests
{
    private static readonly ClipTokenizer _pocket = ClipTokenizer.Load(Path.Combine(Repository.PocketModel, "tokenizer"));

    private readonly ConditioningCache _cache = new(2);
    private int _runs;

    [Fact]
    public void GetOrEncode_SameTokensAndOtherWeight_RunsTheEncoderOnce()
    {
        Assert.Equal(Ask("(cat:1.2)"), Ask("(cat:0.3)"));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public void GetOrEncode_OtherTokensOrLayer_RunsItAgain()
    {
        Ask("cat");
        Ask("dog");
        Ask("dog", clipSkip: 2);
        Assert.Equal(3, _runs);
    }

    [Fact]
    public void GetOrEncode_Full_ForgetsWhatWasLongestUnused()
    {
        Ask("cat");
        Ask("dog");
        Ask("cat");
        Ask("bird");
        Ask("cat");
        Assert.Equal(3, _runs);
        Ask("dog");
        Assert.Equal(4, _runs);
    }

    [Fact]
    public void GetOrEncode_EncoderFails_KeepsNothing()
    {
        Assert.Throws<InvalidOperationException>(() => _cache.GetOrEncode(Key("cat", 1), _ => throw new InvalidOperationException()));
        Ask("cat");
        Assert.Equal(1, _runs);
    }

    private static ChunkKey Key(string text, int clipSkip) =>
        new(WeightedChunks.Of(_pocket, SourcedText.Of(text), new ChunkOptions(), TextualInversions.Empty).Chunks[0], clipSkip);

    private ReadOnlyMemory<float> Ask(string text, int clipSkip = 1) => _cache.GetOrEncode(
        Key(text, clipSkip),
        _ =>
        {
            _runs++;
            return new float[] { _runs };
        });
}
