using System.Text.Json;
using RegionWebUI.Diffusion.Generation;
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

    [Fact]
    public void Encode_EveryModeAndTensor_GivesTheSameConditioning()
    {
        var tokenizer = ClipTokenizer.Load(Fixtures.Path("clip-vocab"));
        var run = 0;
        foreach (var test in _file.Json.GetProperty("emphasis").EnumerateArray())
        {
            run++;
            var z = _file.Floats(test.GetProperty("z").GetString()!);
            var multipliers = _file.Floats(test.GetProperty("multipliers").GetString()!);
            var texts = multipliers.Chunk(77).Select((weights, i) => Text(i, weights)).ToList();
            var encoder = new GivenOutputs([.. z.Chunk(z.Length / texts.Count)]);
            var settings = new TextSettings { Emphasis = _modes[test.GetProperty("mode").GetString()!] };

            var encoded = new PromptEncoder(encoder, tokenizer).Encode(texts, settings, CancellationToken.None);

            var actual = texts.SelectMany(text => encoded[text].Embeddings.ToArray()).ToList();
            var expected = _file.Floats(test.GetProperty("result").GetString()!);
            Assert.Equal(expected.Length, actual.Count);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.Second - pair.First), 0, Tolerance * Math.Abs(pair.First)));
        }

        Assert.Equal(_file.Json.GetProperty("emphasis").GetArrayLength(), run);

        // Texts are told apart by their first id.
        static WeightedChunks Text(int index, float[] weights) => new(
            [new WeightedChunk([index, .. new int[76]], [.. weights.Select(weight => (double)weight)], [.. new TextSpan[77]], [])], 75);
    }

    [Fact]
    public void Encode_TextUsedTwice_CountsTwiceInTheMean()
    {
        WeightedChunks Text(int id, double weight) =>
            new([new WeightedChunk([id, .. new int[76]], [weight, .. Enumerable.Repeat(1.0, 76)], [.. new TextSpan[77]], [])], 75);
        var (plain, heavy) = (Text(0, 1), Text(1, 3));
        float[][] outputs = [[2, .. new float[76]], [5, .. new float[76]]];
        var tokenizer = ClipTokenizer.Load(Fixtures.Path("clip-vocab"));

        var encoder = new PromptEncoder(new GivenOutputs(outputs), tokenizer);
        var encoded = encoder.Encode([plain, heavy, plain], new TextSettings(), CancellationToken.None);

        // Mean of three texts before: 2 + 5 + 2 = 9; after: 2 + 15 + 2 = 19.
        Assert.Equal((2 * 9.0 / 19, 15 * 9.0 / 19), (encoded[plain].Embeddings.Span[0], encoded[heavy].Embeddings.Span[0]), Close());
    }

    private static EqualityComparer<(double, double)> Close() =>
        EqualityComparer<(double, double)>.Create((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-5 && Math.Abs(a.Item2 - b.Item2) < 1e-5);

    private sealed class GivenOutputs(float[][] outputs) : ITextEncoder
    {
        public int Tokens => 77;

        public int Width => outputs[0].Length / Tokens;

        public ReadOnlyMemory<float> Encode(WeightedChunk chunk, int clipSkip, CancellationToken cancellationToken) => outputs[chunk.Ids[0]];
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
