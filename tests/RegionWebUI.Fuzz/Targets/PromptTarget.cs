using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Fuzz.Mutations;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Fuzz.Targets;

/// <summary>
/// Prompts: any text has a tree that covers it, marks that lie in it, and for every step chunks of the encoder's length, or one sentence on a
/// number that is none.
/// </summary>
internal sealed class PromptTarget : FuzzTarget
{
    private static readonly PromptOptions[] _languages =
        [PromptOptions.Positive, PromptOptions.Negative, new(Comments: false, NetworkTags: true, And: true)];

    private static readonly ScheduleSettings[] _runs = [new(7), new(6, HiresSteps: 4), new(5, IsOld: true)];

    private static readonly ChunkOptions[] _cuts = [new(), new(CommaBacktrack: 0, EmphasisMode.None), new(CommaBacktrack: 75)];

    private readonly ClipTokenizer[] _tokenizers;
    private readonly TextualInversions[] _inversions;

    private PromptTarget(params ClipTokenizer[] tokenizers)
    {
        _tokenizers = tokenizers;
        _inversions = [.. tokenizers.Select(Inversions)];
    }

    /// <summary>With CLIP's vocabulary in both its cleanings, and the pocket model's.</summary>
    public static PromptTarget OfAllTokenizers() => new(
        ClipTokenizer.Load(Fixtures.Path("clip-vocab"), ClipCleaning.Transformers),
        ClipTokenizer.Load(PocketTokenizer),
        ClipTokenizer.Load(Fixtures.Path("clip-vocab"), ClipCleaning.OpenAi));

    /// <summary>With the pocket model's small vocabulary alone, which is read in a moment.</summary>
    public static PromptTarget OfPocketTokenizer() => new(ClipTokenizer.Load(PocketTokenizer));

    private static string PocketTokenizer => Repository.Path("models", "pocket", "tokenizer");

    /// <inheritdoc/>
    public override string Name => "prompt";

    /// <summary>Bytes of the longest prompt a request may have.</summary>
    public override int LongestInput => 32_768;

    /// <inheritdoc/>
    public override long MostAllocated => 1 << 20;

    /// <summary>Three ways to read a prompt, each with a text for every step, and up to a chunk of 77 tokens for every BREAK.</summary>
    public override long MostAllocatedPerByte => 20_000;

    /// <inheritdoc/>
    public override double MostMicrosecondsPerByte => 50;

    /// <inheritdoc/>
    protected override IReadOnlyList<byte[]> Tokens { get; } = Words.Of(
        "(", ")", "[", "]", ":", "|", "\\", "\\(", "\n", "#", "# x\n", "<", ">", "<lora:x:1>", "<hypernet:a>", "<l:", " BREAK ", "BREAK", " AND ",
        "AND", " AND\n", "1", "0.5", ".", "-1", "+", "1e9", "1e999", "1..2", " ", "\t", "\u001C", "\u2028", "(x:1.2)", "[a:b:5]", "[b:0.5]",
        "[a|b]", "[a|b|c]", ":1.3)", ":3]", ",", ", cat, ", "a cat", "cat cat", "cute dog", "é", "日本", "\u0301", "😀", "١", "𝟏", "_", "&amp;",
        "&#38;", "<|endoftext|>", "((", "))", "[[", "]]", "([", "])", "'s", "supercalifragilistic");

    /// <inheritdoc/>
    public override void Read(byte[] input, Trail trail)
    {
        var text = FuzzText.Decode(input);
        for (var i = 0; i < _languages.Length; i++)
        {
            var syntax = PromptSyntax.Parse(text, _languages[i]);
            PromptTreeCheck.Check(syntax, trail);
            Inspect(syntax, settings: null, trail);
            var run = _runs[(i + input.Length) % _runs.Length];
            Inspect(syntax, run, trail);
            Resolve(syntax, run, i, trail);
        }
    }

    private static void Inspect(PromptSyntax syntax, ScheduleSettings? settings, Trail trail)
    {
        foreach (var diagnostic in PromptInspector.Inspect(syntax, settings))
        {
            Promise.IsInside(diagnostic.Span.Start, diagnostic.Span.End, syntax.Source.Length, "mark");
            Promise.IsMessage(diagnostic.Message);
            trail.Mark(diagnostic.Problem.ToString());
            trail.Add(diagnostic.Message);
            trail.Add(diagnostic.Span.Start);
        }
    }

    private void Resolve(PromptSyntax syntax, ScheduleSettings run, int language, Trail trail)
    {
        var (tokenizer, inversions) = (_tokenizers[language % _tokenizers.Length], _inversions[language % _tokenizers.Length]);
        try
        {
            var program = PromptProgram.Of(syntax, run, text => WeightedChunks.Of(tokenizer, text, _cuts[language], inversions));
            trail.Accept();
            trail.Mark("texts", program.Texts.Count());
            trail.Mark("tokens", program.TokenCount);
            trail.Mark("sub-prompts", program.At(0).Length);
            Promise.Keep(program.At(run.PassSteps).Length == syntax.SubPrompts.Length, "A step lost a sub-prompt.");
            foreach (var text in program.Texts)
            {
                Chunks(syntax, text, tokenizer, trail);
            }
        }
        catch (PromptException refused)
        {
            Promise.IsMessage(refused.Message);
            Promise.IsInside(refused.Span.Start, refused.Span.End, syntax.Source.Length, "refused number");
            trail.Refuse(refused.Message);
        }
    }

    private static void Chunks(PromptSyntax syntax, WeightedChunks text, ClipTokenizer tokenizer, Trail trail)
    {
        Promise.Keep(text.Count >= 1 && text.TokenCount <= text.Count * (tokenizer.ModelMaxLength - 2), "There are more tokens than places.");
        foreach (var chunk in text.Chunks)
        {
            Promise.Keep(
                chunk.Ids.Length == tokenizer.ModelMaxLength && chunk.Ids[0] == tokenizer.Bos
                && chunk.Multipliers.Length == chunk.Ids.Length && chunk.Sources.Length == chunk.Ids.Length,
                "A chunk is not as long as the encoder reads.");
            for (var i = 0; i < chunk.Ids.Length; i++)
            {
                var source = chunk.Sources[i];
                Promise.Keep(chunk.Ids[i] >= 0 && chunk.Ids[i] <= tokenizer.HighestId, "A token is not in the vocabulary.");
                Promise.IsInside(source.Start, source.End, syntax.Source.Length, "token");
                trail.Add(chunk.Ids[i]);
                trail.Add(source.Start);
                trail.Add(BitConverter.DoubleToInt64Bits(chunk.Multipliers[i]));
            }

            Promise.Keep(chunk.Slots.All(slot => slot.At >= 0 && slot.At + slot.Inversion.Vectors < chunk.Ids.Length - 1), "An embedding is cut.");
            trail.Mark("embeddings", chunk.Slots.Length);
        }
    }

    private static TextualInversions Inversions(ClipTokenizer tokenizer) => new(
    [
        new TextualInversion("cat", [.. tokenizer.Encode("cat").Ids], 3),
        new TextualInversion("cat cat", [.. tokenizer.Encode("cat cat").Ids], tokenizer.ModelMaxLength - 2),
        new TextualInversion("cute dog", [.. tokenizer.Encode("cute dog").Ids], 20),
    ]);
}
