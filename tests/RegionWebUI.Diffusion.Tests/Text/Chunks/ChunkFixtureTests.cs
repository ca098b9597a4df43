using System.Text.Json;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text.Chunks;

[Trait("Category", "Fixture")]
public sealed class ChunkFixtureTests
{
    private const double Tolerance = 1e-5;

    private static readonly FixtureFile _file = Fixtures.Open("chunks.json");

    private static readonly Dictionary<string, EmphasisMode> _modes = new()
    {
        ["None"] = EmphasisMode.None,
        ["Ignore"] = EmphasisMode.Ignore,
        ["Original"] = EmphasisMode.Original,
        ["No norm"] = EmphasisMode.NoNorm,
    };

    [Fact]
    public void Of_EveryPrompt_GivesTheSameChunks()
    {
        var tokenizer = ClipTokenizer.Load(Fixtures.Path("clip-vocab"), ClipCleaning.Transformers);
        var meta = _file.Json.GetProperty("meta");
        Assert.Equal([meta.GetProperty("comma_token").GetInt32()], tokenizer.Encode(",").Ids);
        var inversions = new TextualInversions(meta.GetProperty("embeddings").EnumerateObject().Select(entry => new TextualInversion(
            entry.Name, [.. entry.Value.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())],
            entry.Value.GetProperty("vectors").GetInt32())));
        var run = 0;
        foreach (var test in _file.Cases)
        {
            run++;
            var mode = test.TryGetProperty("emphasis", out var emphasis) ? _modes[emphasis.GetString()!] : EmphasisMode.Original;
            var options = new ChunkOptions(test.GetProperty("comma_padding_backtrack").GetInt32(), mode);
            var prompt = test.GetProperty("prompt").GetString()!;
            AssertSame(test, WeightedChunks.Of(tokenizer, SourcedText.Of(prompt), options, inversions));
        }

        Assert.Equal(_file.Json.GetProperty("cases").GetArrayLength(), run);
        Assert.NotEqual(0, run);
    }

    [Fact]
    public void Apply_EveryModeAndTensor_GivesTheSameEmbeddings()
    {
        var cases = _file.Json.GetProperty("emphasis");
        var run = 0;
        foreach (var test in cases.EnumerateArray())
        {
            run++;
            var values = _file.Floats(test.GetProperty("z").GetString()!);
            var multipliers = _file.Floats(test.GetProperty("multipliers").GetString()!);
            Emphasis.Apply(_modes[test.GetProperty("mode").GetString()!], values, Array.ConvertAll(multipliers, weight => (double)weight));
            var expected = _file.Floats(test.GetProperty("result").GetString()!);
            Assert.Equal(expected.Length, values.Length);
            for (var i = 0; i < values.Length; i++)
            {
                Assert.InRange(Math.Abs(values[i] - expected[i]), 0, Tolerance * Math.Abs(expected[i]));
            }
        }

        Assert.Equal(cases.GetArrayLength(), run);
        Assert.NotEqual(0, run);
    }

    private static void AssertSame(JsonElement test, WeightedChunks actual)
    {
        var prompt = test.GetProperty("prompt").GetString();
        var chunks = test.GetProperty("chunks");
        Assert.Equal((prompt, test.GetProperty("token_count").GetInt32(), chunks.GetArrayLength()), (prompt, actual.TokenCount, actual.Count));
        foreach (var (expected, chunk) in chunks.EnumerateArray().Zip(actual.Chunks))
        {
            Assert.Equal(expected.GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32()), chunk.Ids);
            Assert.Equal(expected.GetProperty("multipliers").EnumerateArray().Select(weight => weight.GetDouble()), chunk.Multipliers);
            var slots = expected.TryGetProperty("embeddings", out var embeddings)
                ? embeddings.EnumerateArray().Select(slot => (slot.GetProperty("at").GetInt32(), slot.GetProperty("name").GetString()!)).ToList()
                : [];
            Assert.Equal(slots, chunk.Slots.Select(slot => (slot.At, slot.Inversion.Name)));
        }
    }
}
