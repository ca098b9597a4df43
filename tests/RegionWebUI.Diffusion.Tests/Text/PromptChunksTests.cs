using System.Collections.Immutable;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text;

public sealed class PromptChunksTests
{
    private static readonly ClipTokenizer _pocket = ClipTokenizer.Load(Path.Combine(Repository.PocketModel, "tokenizer"));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(74, 1)]
    [InlineData(75, 1)]
    [InlineData(76, 2)]
    [InlineData(150, 2)]
    [InlineData(151, 3)]
    public void Of_AnyLength_KeepsEveryTokenInOrder(int length, int chunks)
    {
        var ids = Enumerable.Range(0, length).ToImmutableArray();

        var cut = PromptChunks.Of(_pocket, ids);

        Assert.Equal(chunks, cut.Count);
        Assert.Equal(77 * chunks, cut.Ids.Length);
        Assert.Equal(ids, cut.Chunks.SelectMany(chunk => chunk.Ids.Skip(1).Take(chunk.TokenCount)));
        Assert.All(cut.Chunks, chunk =>
        {
            Assert.Equal(_pocket.Bos, chunk.Ids[0]);
            Assert.All(chunk.Ids.Skip(1 + chunk.TokenCount), id => Assert.Equal(_pocket.Eos, id));
            Assert.True(chunk.TokenCount == 0 || chunk.Ids[1] == ids[chunk.FirstToken]);
        });
    }

    [Fact]
    public void Of_PadThatIsNotTheEnd_EndsOnceAndPads()
    {
        // SD 2.x: special_tokens_map.json says that "!" (id 0) fills a chunk, against its own tokenizer_config.json.
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["vocab.json", "merges.txt"])
        {
            folder.Write(file, File.ReadAllBytes(Path.Combine(Repository.PocketModel, "tokenizer", file)));
        }

        folder.Write("tokenizer_config.json", """{"pad_token": "<|endoftext|>", "model_max_length": 77}""");
        folder.Write("special_tokens_map.json", """{"pad_token": "!", "eos_token": {"content": "<|endoftext|>", "lstrip": false}}""");

        var chunk = PromptChunks.Of(ClipTokenizer.Load(folder.Path), [5, 6]).Chunks[0];

        Assert.Equal([1023, 5, 6, 1024, .. Enumerable.Repeat(0, 73)], chunk.Ids);
    }

    [Fact]
    public void Equalized_PromptsOfDifferentLength_GetEquallyManyChunks()
    {
        var (positive, negative) = PromptChunks.Equalized(PromptChunks.Of(_pocket, [.. Enumerable.Range(0, 160)]), PromptChunks.Of(_pocket, "bad"));

        Assert.Equal((3, 3), (positive.Count, negative.Count));
        Assert.Equal(PromptChunks.Of(_pocket, "bad").Ids, negative.Chunks[0].Ids);
        Assert.All(negative.Chunks.Skip(1), chunk => Assert.Equal(PromptChunks.Of(_pocket, "").Ids, chunk.Ids));
        Assert.Equal([0, 2, 2], negative.Chunks.Select(chunk => chunk.FirstToken));
    }

    [Fact]
    public void PaddedTo_FewerThanThereAre_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PromptChunks.Of(_pocket, [.. new int[76]]).PaddedTo(1));

    [Theory]
    [InlineData("a")]
    [InlineData("the quick brown fox jumps over it, ")]
    [InlineData("\u0301\u0323")]
    [InlineData("日")]
    [InlineData("!?;")]
    [InlineData("Σ.")]
    [InlineData("qxzjkvwpyb")]
    public void Of_LongestPrompt_CoversAllOfIt(string piece)
    {
        var prompt = string.Concat(Enumerable.Repeat(piece, 32_768 / piece.Length));

        var encoding = _pocket.Encode(prompt);
        var chunks = PromptChunks.Of(_pocket, encoding.Ids);

        Assert.Equal(0, encoding.Tokens[0].Start);
        Assert.Equal(prompt.TrimEnd().Length, encoding.Tokens[^1].End);
        Assert.Equal((encoding.Tokens.Length + 74) / 75, chunks.Count);
    }
}
