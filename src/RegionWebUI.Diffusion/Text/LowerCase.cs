using System.Globalization;
using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>Two ways of lower-casing that differ in the Greek sigma. In both, İ becomes i with a dot above (two characters).</summary>
internal static class LowerCase
{
    private const int CapitalIWithDot = 0x130;
    private const int DotAbove = 0x307;
    private const int CapitalSigma = 0x3A3;
    private const int FinalSigma = 0x3C2;

    // Word_Break MidLetter, MidNumLet and Single_Quote, which no category covers.
    private const string InnerPunctuation = "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

    /// <summary>Character by character, as Rust's <c>char::to_lowercase</c> does: every sigma becomes σ.</summary>
    public static List<SourcedRune> ByCharacter(List<SourcedRune> text) => Lower(text, static (_, _) => false);

    /// <summary>As Python's <c>str.lower</c> does: a sigma at the end of a word becomes ς (Unicode's condition Final_Sigma).</summary>
    public static List<SourcedRune> AsPython(List<SourcedRune> text) => Lower(text, EndsWord);

    private static List<SourcedRune> Lower(List<SourcedRune> text, Func<List<SourcedRune>, int, bool> endsWord)
    {
        var lower = new List<SourcedRune>(text.Count);
        for (var i = 0; i < text.Count; i++)
        {
            var rune = text[i].Rune;
            if (rune.Value == CapitalIWithDot)
            {
                lower.Add(text[i] with { Rune = new Rune('i') });
                lower.Add(text[i] with { Rune = new Rune(DotAbove) });
                continue;
            }

            var final = rune.Value == CapitalSigma && endsWord(text, i);
            lower.Add(text[i] with { Rune = final ? new Rune(FinalSigma) : Rune.ToLowerInvariant(rune) });
        }

        return lower;
    }

    private static bool EndsWord(List<SourcedRune> text, int sigma)
    {
        var before = sigma - 1;
        while (before >= 0 && IsCaseIgnorable(text[before].Rune))
        {
            before--;
        }

        var after = sigma + 1;
        while (after < text.Count && IsCaseIgnorable(text[after].Rune))
        {
            after++;
        }

        return before >= 0 && IsCased(text[before].Rune) && !(after < text.Count && IsCased(text[after].Rune));
    }

    private static bool IsCaseIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || (rune.IsBmp && InnerPunctuation.Contains((char)rune.Value));

    // Letters with case, and what Other_Uppercase and Other_Lowercase add to them.
    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
