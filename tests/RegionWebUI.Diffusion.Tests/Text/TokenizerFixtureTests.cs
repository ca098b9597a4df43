using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text;

[Trait("Category", "Fixture")]
public sealed class TokenizerFixtureTests
{
    [Fact]
    public void Encode_EveryPlainVector_GivesTheSameIds()
    {
        var tokenizer = ClipTokenizer.Load(Fixtures.Path("clip-vocab"));
        var json = Fixtures.Open("tokenizer.json");
        var (run, withoutPlain) = (0, 0);
        var wrong = new List<string>();
        foreach (var vector in json.Cases)
        {
            var text = vector.GetProperty("text").GetString()!;
            var plain = vector.GetProperty("plain");
            if (plain.ValueKind == JsonValueKind.Null)
            {
                Assert.Contains("<|", text, StringComparison.Ordinal);
                withoutPlain++;
                continue;
            }

            run++;
            var expected = Ids(plain.ValueKind == JsonValueKind.String ? vector.GetProperty("openai") : plain);
            Compare(text, expected, [.. tokenizer.Encode(text).Ids], wrong);
        }

        Assert.Empty(wrong);
        Assert.Equal(json.Json.GetProperty("meta").GetProperty("texts").GetInt32(), run + withoutPlain);
        Assert.Equal(json.Cases.Count, run + withoutPlain);
        Assert.True(run > withoutPlain);
        Assert.Equal(json.Json.GetProperty("meta").GetProperty("special").GetProperty("startoftext").GetInt32(), tokenizer.Bos);
        Assert.Equal(json.Json.GetProperty("meta").GetProperty("special").GetProperty("endoftext").GetInt32(), tokenizer.Eos);
    }

    [Theory]
    [InlineData("hf")]
    [InlineData("openai")]
    public void Encode_EveryVectorWithoutRepair_GivesTheIdsOfTheOriginal(string column)
    {
        var tokenizer = ClipTokenizer.Load(Fixtures.Path("clip-vocab"), column == "hf" ? ClipCleaning.Transformers : ClipCleaning.OpenAi);
        var json = Fixtures.Open("tokenizer.json");
        var (run, repaired) = (0, 0);
        var wrong = new List<string>();
        foreach (var vector in json.Cases)
        {
            if (vector.TryGetProperty("ftfy", out _))
            {
                repaired++;
                continue;
            }

            run++;
            var ids = vector.GetProperty(column);
            var text = vector.GetProperty("text").GetString()!;
            Compare(text, Ids(ids.ValueKind == JsonValueKind.String ? vector.GetProperty("openai") : ids), [.. tokenizer.Encode(text).Ids], wrong);
        }

        Assert.Empty(wrong);
        Assert.Equal(json.Json.GetProperty("meta").GetProperty("texts").GetInt32(), run + repaired);
        Assert.True(run > repaired);
    }

    [Fact]
    public void Of_EveryPocketVector_GivesTheSameIds()
    {
        var json = Fixtures.Open("pocket_tokenizer.json");
        var meta = json.Json.GetProperty("meta");
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["vocab.json", "merges.txt"])
        {
            var bytes = File.ReadAllBytes(Fixtures.Path("pocket-vocab", file));
            var sum = meta.GetProperty($"{Path.GetFileNameWithoutExtension(file)}_sha256").GetString();
            Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            folder.Write(file, bytes);
        }

        folder.Write("tokenizer_config.json", """{"regionwebui_pattern": "pocket"}""");
        var tokenizer = ClipTokenizer.Load(folder.Path);
        var wrong = new List<string>();
        foreach (var vector in json.Cases)
        {
            var text = vector.GetProperty("text").GetString()!;
            Compare(text, Ids(vector.GetProperty("ids")), [.. FirstChunk(tokenizer, text)], wrong);
        }

        Assert.Empty(wrong);
        Assert.Equal(meta.GetProperty("texts").GetInt32(), json.Cases.Count);
        Assert.Equal((meta.GetProperty("bos").GetInt32(), meta.GetProperty("eos").GetInt32()), (tokenizer.Bos, tokenizer.Eos));
        Assert.Equal(meta.GetProperty("length").GetInt32(), tokenizer.ModelMaxLength);
    }

    [Theory]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    public void PocketModel_TokenizerFile_IsTheFixtures(string file) =>
        Assert.Equal(
            SHA256.HashData(File.ReadAllBytes(Fixtures.Path("pocket-vocab", file))),
            SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.PocketModel, "tokenizer", file))));

    private static ImmutableArray<int> FirstChunk(ClipTokenizer tokenizer, string text) =>
        WeightedChunks.Of(tokenizer, SourcedText.Of(text), new ChunkOptions(0, EmphasisMode.None), TextualInversions.Empty).Chunks[0].Ids;

    private static int[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    private static void Compare(string text, int[] expected, int[] actual, List<string> wrong)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            wrong.Add($"{JsonSerializer.Serialize(text)}: {string.Join(' ', expected)} expected, {string.Join(' ', actual)} given");
        }
    }
}
