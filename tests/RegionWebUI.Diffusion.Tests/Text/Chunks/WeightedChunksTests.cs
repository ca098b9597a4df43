using System.Collections.Immutable;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text.Chunks;

public sealed class WeightedChunksTests
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
        var words = string.Join(' ', Enumerable.Range(0, length).Select(i => ((string[])["cat", "dog", "a", "1", "!"])[i * i % 5]));
        var ids = _pocket.Encode(words).Ids;

        var cut = Cut(_pocket, words);

        Assert.Equal((length, chunks, length), (ids.Length, cut.Count, cut.TokenCount));
        Assert.Equal(ids, Tokens(cut));
        Assert.All(cut.Chunks, chunk => Assert.Equal((77, _pocket.Bos, _pocket.Eos), (chunk.Ids.Length, chunk.Ids[0], chunk.Ids[^1])));
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
        var tokenizer = ClipTokenizer.Load(folder.Path);

        var chunk = Cut(tokenizer, "a cat").Chunks[0];

        Assert.Equal([1023, .. tokenizer.Encode("a cat").Ids, 1024, .. Enumerable.Repeat(0, 73)], chunk.Ids);
    }

    [Fact]
    public void PaddedTo_More_AddsEmptyChunks()
    {
        var padded = Cut(_pocket, "bad").PaddedTo(_pocket, 3);

        Assert.Equal(Cut(_pocket, "bad").Chunks[0].Ids, padded.Chunks[0].Ids);
        Assert.Equal(2, padded.Chunks.Skip(1).Count(chunk => chunk.Ids.SequenceEqual(Cut(_pocket, "").Chunks[0].Ids)));
    }

    [Fact]
    public void PaddedTo_FewerThanThereAre_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cut(_pocket, "a BREAK b").PaddedTo(_pocket, 1));

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

        Assert.Equal(0, encoding.Tokens[0].Start);
        Assert.Equal(prompt.TrimEnd().Length, encoding.Tokens[^1].End);
        Assert.Equal(encoding.Ids, Tokens(Cut(_pocket, prompt)));
    }

    private static WeightedChunks Cut(ClipTokenizer tokenizer, string text) =>
        WeightedChunks.Of(tokenizer, SourcedText.Of(text), new ChunkOptions(), TextualInversions.Empty);

    private static ImmutableArray<int> Tokens(WeightedChunks cut) =>
        [.. cut.Chunks.SelectMany(chunk => chunk.Ids.Zip(chunk.Sources).Where(token => token.Second.Length > 0).Select(token => token.First))];
}
