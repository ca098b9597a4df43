using System.Collections.Immutable;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// CLIP's byte-pair tokenizer, read from a folder of the transformers layout. Cleaning, words and spans are ours; the merging is
/// Microsoft.ML.Tokenizers', one word at a time. May be used from several threads at once.
/// </summary>
internal sealed class ClipTokenizer
{
    private const int LongWord = 1000;

    private readonly BpeTokenizer _merger;
    private readonly Lazy<LongWordMerger> _longWordMerger;
    private readonly WordPattern _pattern;
    private readonly Dictionary<int, int> _byteLengths;
    private readonly Dictionary<string, int> _special = new(StringComparer.Ordinal);

    private ClipTokenizer(TokenizerFiles files, ClipCleaning cleaning)
    {
        _pattern = (files.Pattern == WordPattern.Clip, cleaning) switch
        {
            (true, ClipCleaning.Transformers) => WordPattern.Transformers,
            (true, ClipCleaning.OpenAi) => WordPattern.OpenAi,
            _ => files.Pattern,
        };
        Bos = Id(files.Bos);
        HighestId = files.Vocabulary.Values.Max();
        Eos = Id(files.Eos);
        Pad = Id(files.Pad);
        ModelMaxLength = files.ModelMaxLength;
        if (_pattern.KnowsSpecialTokens)
        {
            _special[files.Bos] = Bos;
            _special[files.Eos] = Eos;
        }

        _byteLengths = files.Vocabulary.ToDictionary(entry => entry.Value, entry => ByteLength(entry.Key));
        _longWordMerger = new Lazy<LongWordMerger>(() => new LongWordMerger(files));
        _merger = BpeTokenizer.Create(new BpeOptions(files.Vocabulary)
        {
            Merges = files.Merges,
            ByteLevel = true,
            EndOfWordSuffix = TokenizerFiles.EndOfWord,
        });

        int Id(string token) => files.Vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new ModelException($"The tokenizer's vocab.json lacks the token '{token}'.");
    }

    /// <summary>Greatest id of the vocabulary.</summary>
    public int HighestId { get; }

    /// <summary>Id before every chunk.</summary>
    public int Bos { get; }

    /// <summary>Id after every chunk.</summary>
    public int Eos { get; }

    /// <summary>Id that fills a chunk: the end token for SD 1.x and pocket, 0 for SD 2.x.</summary>
    public int Pad { get; }

    /// <summary>Tokens of a chunk, start and end included; 77 for every CLIP.</summary>
    public int ModelMaxLength { get; }

    /// <summary>Reads a tokenizer folder.</summary>
    /// <param name="folder">Holds vocab.json and merges.txt, and perhaps tokenizer_config.json and special_tokens_map.json.</param>
    /// <param name="cleaning">How CLIP's text is cleaned; a tokenizer with a pattern of its own has its own way.</param>
    /// <exception cref="ModelException">A file is missing or damaged; the message says which, in one sentence.</exception>
    public static ClipTokenizer Load(string folder, ClipCleaning cleaning = ClipCleaning.Fast) => new(TokenizerFiles.Read(folder), cleaning);

    /// <summary>Whether a character separates words and belongs to no token.</summary>
    public bool IsSpace(Rune rune) => _pattern.IsSpace(rune);

    /// <summary>The tokens of a prompt, without start and end, not cut.</summary>
    public ClipEncoding Encode(string prompt)
    {
        var text = _pattern.Clean(prompt);
        var tokens = ImmutableArray.CreateBuilder<ClipToken>(text.Count);
        var word = new StringBuilder();
        for (var start = 0; start < text.Count;)
        {
            var length = _pattern.WordLength(text, start);
            if (length > 0)
            {
                AddWord(tokens, text.GetRange(start, length), word);
            }

            start += Math.Max(length, 1);
        }

        return new ClipEncoding(prompt, tokens.DrainToImmutable());
    }

    // Tokens are runs of the word's UTF-8 bytes: counting them gives each token the characters whose bytes it holds.
    private void AddWord(ImmutableArray<ClipToken>.Builder tokens, List<SourcedRune> runes, StringBuilder word)
    {
        word.Clear();
        foreach (var sourced in runes)
        {
            word.Append(sourced.Rune.ToString());
        }

        var spelled = word.ToString();
        if (_special.TryGetValue(spelled, out var special))
        {
            tokens.Add(new ClipToken(special, runes[0].Start, runes[^1].End));
            return;
        }

        var ids = spelled.Length > LongWord
            ? _longWordMerger.Value.Merge(spelled)
            : _merger.EncodeToIds(spelled, considerPreTokenization: false, considerNormalization: false);
        var first = 0;
        var used = 0;
        foreach (var id in ids)
        {
            var last = first;
            used += _byteLengths[id];
            while (used > runes[last].Rune.Utf8SequenceLength)
            {
                used -= runes[last++].Rune.Utf8SequenceLength;
            }

            tokens.Add(new ClipToken(id, runes[first].Start, runes[last].End));
            if (used == runes[last].Rune.Utf8SequenceLength)
            {
                last++;
                used = 0;
            }

            first = last;
        }
    }

    private static int ByteLength(string symbol) =>
        symbol.EndsWith(TokenizerFiles.EndOfWord, StringComparison.Ordinal) ? symbol.Length - TokenizerFiles.EndOfWord.Length : symbol.Length;
}
