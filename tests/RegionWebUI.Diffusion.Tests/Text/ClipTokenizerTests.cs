using System.Globalization;
using System.Text;
using CsCheck;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text;

public sealed class ClipTokenizerTests
{
    private static readonly Lazy<ClipTokenizer> _loadedClip = new(() => ClipTokenizer.Load(Repository.Path("tests", "fixtures", "clip-vocab")));
    private static readonly Lazy<ClipTokenizer> _loadedPocket = new(() => ClipTokenizer.Load(Path.Combine(Repository.PocketModel, "tokenizer")));

    // Characters that are hard for someone: astral letters and emoji, marks that compose and reorder, jamo, odd cases, halves of pairs, spaces.
    private static readonly string[] _pieces =
    [
        "a", "B", "cat", "'s", "'", "1", "12", " ", "\t\n", "\u00A0", "\u3000", "\u001C", "\u0085", "é", "e\u0301", "\u0301", "\u0323", "\u0345",
        "İ", "Σ", "ΑΣ", "ſ", "ı", "K", "\u212B", "\u0344", "\u0958", "\u1100", "\u1161", "\u11A8", "가", "\U00010400", "\U0001D400", "😀", "👨‍👩‍👧",
        "\uD800", "\uDC00", "\uFFFD", "<|", "|>", "<|endoftext|>", "日本", "ﬁ", "\u0000", "\u200B", "\uFEFF", "!?", "&amp;", "\U0002F800", "ẋ̣",
    ];

    private static ClipTokenizer Clip => _loadedClip.Value;

    private static ClipTokenizer Pocket => _loadedPocket.Value;

    public static TheoryData<string> Both => ["clip", "pocket"];

    [Fact]
    public void Load_ClipVocabulary_HasItsSpecialIds() =>
        Assert.Equal((49406, 49407, 49407, 77), (Clip.Bos, Clip.Eos, Clip.Pad, Clip.ModelMaxLength));

    [Fact]
    public void Load_PocketFolder_HasItsSpecialIds() =>
        Assert.Equal((1023, 1024, 1024, 77), (Pocket.Bos, Pocket.Eos, Pocket.Pad, Pocket.ModelMaxLength));

    [Theory]
    [InlineData("a <|endoftext|> b", new[] { 320, 49407, 321 })]
    [InlineData("<|StartOfText|>a", new[] { 49406, 320 })]
    [InlineData("<|x|>", new[] { 27, 347, 343, 91, 285 })]
    public void Encode_SpecialTokensInAPrompt_StandForThemselves(string prompt, int[] ids) => Assert.Equal(ids, Clip.Encode(prompt).Ids);

    [Fact]
    public void Encode_LettersBeyondTheBasicPlane_AreOneWord()
    {
        // DESERET CAPITAL and SMALL LONG I lower to the same letter; a run of letters is one word, so only its last token ends a word.
        var letters = Clip.Encode("\U00010400\U00010428").Ids;
        var apart = Clip.Encode("\U00010428 \U00010428").Ids;

        Assert.Equal(apart[^1], letters[^1]);
        Assert.NotEqual(apart, letters);
        Assert.Equal(Clip.Encode("\U00010428\U00010428").Ids, letters);
    }

    [Fact]
    public void Encode_Spans_NameThePromptAsTyped()
    {
        var encoding = Clip.Encode("  A PHOTO of E\u0301, 😀!");

        Assert.Equal(["A", "PHOTO", "of", "E\u0301", ",", "😀", "!"], Texts(encoding).Distinct());
    }

    [Fact]
    public void Encode_CharacterOfSeveralTokens_GivesEachTheWholeCharacter()
    {
        var encoding = Pocket.Encode("x 😀y");

        Assert.Equal(["x", "😀", "😀", "😀", "😀", "y"], Texts(encoding));
    }

    [Fact]
    public void Encode_HalfASurrogatePair_IsReadAsReplacementCharacter() =>
        Assert.Equal(Clip.Encode("a\uFFFDb").Ids, Clip.Encode("a\uD800b").Ids);

    [Theory]
    [MemberData(nameof(Both))]
    public void Encode_AnyText_SpansAreOrderedAndCoverEveryVisibleCharacter(string which)
    {
        var tokenizer = which == "clip" ? Clip : Pocket;
        var piece = Gen.Frequency((4, Gen.Int[0, _pieces.Length - 1].Select(i => _pieces[i])), (1, Gen.Char.Select(c => c.ToString())));

        piece.Array[0, 40].Select(string.Concat).Sample(prompt =>
        {
            var covered = new bool[prompt.Length];
            var (start, end) = (0, 0);
            foreach (var token in tokenizer.Encode(prompt).Tokens)
            {
                Assert.InRange(token.Start, start, prompt.Length - 1);
                Assert.InRange(token.End, Math.Max(end, token.Start + 1), prompt.Length);
                Assert.False(SplitsAPair(prompt, token.Start) || SplitsAPair(prompt, token.End));
                (start, end) = (token.Start, token.End);
                covered.AsSpan(start..end).Fill(true);
            }

            var at = 0;
            foreach (var rune in prompt.EnumerateRunes())
            {
                Assert.True(covered[at] || tokenizer.IsSpace(rune), $"U+{rune.Value:X} at {at}");
                at += rune.Utf16SequenceLength;
            }
        }, iter: 2000, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Encode_AnyText_TokensAreTheWordsBytes(string which)
    {
        var tokenizer = which == "clip" ? Clip : Pocket;
        var symbols = Symbols(which);
        var piece = Gen.Int[0, _pieces.Length - 1].Select(i => _pieces[i]).Where(text => !text.Contains("<|", StringComparison.Ordinal));

        piece.Array[0, 20].Select(string.Concat).Sample(prompt =>
        {
            var spelled = string.Concat(tokenizer.Encode(prompt).Ids.Select(id => symbols[id].Replace("</w>", "", StringComparison.Ordinal)));
            var cleaned = which == "clip" ? WordPattern.Clip.Clean(prompt) : WordPattern.Pocket.Clean(prompt);
            var visible = string.Concat(cleaned.Where(c => !tokenizer.IsSpace(c.Rune)).Select(c => c.Rune.ToString()));
            Assert.Equal(Encoding.UTF8.GetByteCount(visible), spelled.Length);
        }, iter: 1000, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Merge_AnyWord_GivesTheLibrarysIds(string which)
    {
        var tokenizer = which == "clip" ? Clip : Pocket;
        var merger = new LongWordMerger(Files(which));
        var latin = Gen.Char['a', 'z'];
        var letter = which == "clip" ? Gen.Frequency((3, latin), (1, Gen.Char['\u4E00', '\u4E40']), (1, Gen.Char['а', 'я'])) : latin;

        letter.Array[1, 300].Select(letters => new string(letters))
            .Sample(text => Assert.Equal(tokenizer.Encode(text).Ids, merger.Merge(text)), iter: 500, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [InlineData("日本")]
    [InlineData("ab")]
    [InlineData("é")]
    public void Encode_WordsAroundTheLengthOfLongOnes_StartAlike(string piece)
    {
        var shorter = Clip.Encode(string.Concat(Enumerable.Repeat(piece, 1000 / piece.Length))).Ids;
        var longer = Clip.Encode(string.Concat(Enumerable.Repeat(piece, 1200 / piece.Length))).Ids;

        Assert.Equal(shorter.Take(shorter.Length / 2), longer.Take(shorter.Length / 2));
    }

    [Fact]
    public async Task Encode_FromManyThreads_GivesTheSame()
    {
        var prompts = Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"a cat{i} on word{i * 7} 日{i}")).ToArray();
        var alone = prompts.Select(prompt => Clip.Encode(prompt).Ids).ToArray();

        var together = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => prompts.Select(prompt => Clip.Encode(prompt).Ids).ToArray())));

        Assert.All(together, result => Assert.Equal(alone.SelectMany(ids => ids), result.SelectMany(ids => ids)));
    }

    private static string[] Texts(ClipEncoding encoding) => [.. Enumerable.Range(0, encoding.Tokens.Length).Select(encoding.TextOf)];

    private static bool SplitsAPair(string text, int at) =>
        at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);

    private static TokenizerFiles Files(string which) =>
        TokenizerFiles.Read(which == "clip" ? Repository.Path("tests", "fixtures", "clip-vocab") : Path.Combine(Repository.PocketModel, "tokenizer"));

    private static Dictionary<int, string> Symbols(string which) =>
        Files(which).Vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);
}
