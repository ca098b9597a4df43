using System.Globalization;
using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// How a prompt is cleaned and cut into words before byte pairs are merged. Cut by hand, not by <c>Regex</c>: .NET's sees UTF-16 units, so that
/// letters above U+FFFF would count as symbols.
/// </summary>
internal abstract class WordPattern
{
    /// <summary>
    /// CLIP's, as transformers' fast tokenizer has it: form C, lower case, then
    /// <c>'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+</c>. Special tokens stand for themselves.
    /// </summary>
    public static WordPattern Clip { get; } = new ClipPattern();

    /// <summary>
    /// The pocket model's: lower case as in Python, then
    /// <c>&lt;\|startoftext\|&gt;|&lt;\|endoftext\|&gt;|'s|'t|'re|'ve|'m|'ll|'d|[a-z]+|[0-9]|[^\sa-z0-9]+</c>, letter case aside as Python has it
    /// (ſ and ı are letters there). Nothing is special.
    /// </summary>
    public static WordPattern Pocket { get; } = new PocketPattern();

    /// <summary>CLIP's, as the original tokenizers have it: lower case as in Python, and letter case aside in contractions (ſ counts as s).</summary>
    public static WordPattern Transformers { get; } = new OriginalPattern(resolvesHtml: false);

    /// <summary>The same, with character references of HTML resolved first, twice.</summary>
    public static WordPattern OpenAi { get; } = new OriginalPattern(resolvesHtml: true);

    private const int LongS = 0x17F;

    // Each is one word wherever it stands, whether or not it is special.
    private static readonly string[] _markers = ["<|startoftext|>", "<|endoftext|>"];

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Other,
    }

    /// <summary>Whether a start or end token written in a prompt becomes that token; otherwise it is split like any word.</summary>
    public abstract bool KnowsSpecialTokens { get; }

    /// <summary>Whether a character separates words and belongs to none.</summary>
    public bool IsSpace(Rune rune) => KindOf(rune) == Kind.Space;

    /// <summary>The characters of a prompt after cleaning.</summary>
    public abstract List<SourcedRune> Clean(string prompt);

    /// <summary>Length in characters of the word that starts at a place; 0 at white space.</summary>
    public int WordLength(List<SourcedRune> text, int start)
    {
        var fixedLength = Math.Max(MarkerLength(text, start), ContractionLength(text, start));
        if (fixedLength > 0)
        {
            return fixedLength;
        }

        var kind = KindOf(text[start].Rune);
        switch (kind)
        {
            case Kind.Space:
                return 0;
            case Kind.Digit:
                return 1;
            default:
                var end = start + 1;
                while (end < text.Count && KindOf(text[end].Rune) == kind)
                {
                    end++;
                }

                return end - start;
        }
    }

    private int MarkerLength(List<SourcedRune> text, int start)
    {
        foreach (var marker in _markers)
        {
            var same = 0;
            while (same < marker.Length && start + same < text.Count && Folded(text[start + same].Rune) == marker[same])
            {
                same++;
            }

            if (same == marker.Length)
            {
                return same;
            }
        }

        return 0;
    }

    private int ContractionLength(List<SourcedRune> text, int start)
    {
        if (text[start].Rune.Value != '\'' || start + 1 == text.Count)
        {
            return 0;
        }

        var second = Folded(text[start + 1].Rune);
        var third = start + 2 < text.Count ? Folded(text[start + 2].Rune) : '\0';
        return (second, third) switch
        {
            ('s' or 't' or 'm' or 'd', _) => 2,
            ('r' or 'v', 'e') or ('l', 'l') => 3,
            _ => 0,
        };
    }

    private protected virtual char Folded(Rune rune) => rune.IsBmp ? (char)rune.Value : '\0';

    private protected abstract bool IsWhiteSpace(Rune rune);

    private protected abstract bool IsLetter(Rune rune);

    private protected abstract bool IsDigit(Rune rune);

    private Kind KindOf(Rune rune) =>
        IsLetter(rune) ? Kind.Letter : IsDigit(rune) ? Kind.Digit : IsWhiteSpace(rune) ? Kind.Space : Kind.Other;

    private class ClipPattern : WordPattern
    {
        public override bool KnowsSpecialTokens => true;

        // transformers also turns runs of white space into one space, which changes no word.
        public override List<SourcedRune> Clean(string prompt) => LowerCase.ByCharacter(CanonicalComposition.Compose(SourcedRune.Read(prompt)));

        private protected override bool IsWhiteSpace(Rune rune) => Rune.IsWhiteSpace(rune);

        private protected override bool IsLetter(Rune rune) => Rune.IsLetter(rune);

        private protected override bool IsDigit(Rune rune) =>
            Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    private sealed class OriginalPattern(bool resolvesHtml) : ClipPattern
    {
        public override List<SourcedRune> Clean(string prompt)
        {
            var text = SourcedRune.Read(prompt);
            return LowerCase.AsPython(resolvesHtml ? HtmlEntities.Unescape(HtmlEntities.Unescape(text)) : text);
        }

        private protected override char Folded(Rune rune) => rune.Value == LongS ? 's' : base.Folded(rune);
    }

    private sealed class PocketPattern : WordPattern
    {
        private const int DotlessI = 0x131;

        public override bool KnowsSpecialTokens => false;

        public override List<SourcedRune> Clean(string prompt) => LowerCase.AsPython(SourcedRune.Read(prompt));

        private protected override char Folded(Rune rune) => rune.Value == LongS ? 's' : base.Folded(rune);

        // Python counts the four information separators as white space; Unicode does not.
        private protected override bool IsWhiteSpace(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is >= 0x1C and <= 0x1F;

        private protected override bool IsLetter(Rune rune) => rune.Value is (>= 'a' and <= 'z') or LongS or DotlessI;

        private protected override bool IsDigit(Rune rune) => rune.Value is >= '0' and <= '9';
    }
}
