using System.Globalization;
using System.Text;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>What Python, in which A1111 is written, counts as white space, word character and digit.</summary>
internal static class PythonText
{
    /// <summary>White space; unlike .NET's this includes the four information separators.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';

    /// <summary>Letters, numbers of every kind and the underscore; unlike .NET's word characters no combining marks.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>The character that starts at a place; half of a surrogate pair counts as a character that is nothing of the above.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place, inside the text.</param>
    /// <param name="length">How many UTF-16 units it takes.</param>
    public static Rune RuneAt(ReadOnlySpan<char> text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text[at..], out var rune, out length);
        return rune;
    }

    /// <summary>Whether a word character ends just before a place.</summary>
    public static bool IsWordBefore(ReadOnlySpan<char> text, int at)
    {
        Rune.DecodeLastFromUtf16(text[..at], out var rune, out _);
        return at > 0 && IsWord(rune);
    }

    /// <summary>Whether a word character starts at a place.</summary>
    public static bool IsWordAfter(ReadOnlySpan<char> text, int at) => at < text.Length && IsWord(RuneAt(text, at, out _));

    /// <summary>The first place from <paramref name="at"/> on that holds no white space.</summary>
    public static int SkipSpace(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The text without white space at either end.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        var start = SkipSpace(text, 0);
        var end = text.Length;
        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>The value of the decimal digit, of whichever script, that starts at a place; -1 when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place, inside the text.</param>
    /// <param name="length">How many UTF-16 units it takes.</param>
    public static int DigitAt(ReadOnlySpan<char> text, int at, out int length)
    {
        var rune = RuneAt(text, at, out length);
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber ? (int)Rune.GetNumericValue(rune) : -1;
    }

    /// <summary>The first place from <paramref name="at"/> on that holds no decimal digit.</summary>
    public static int SkipDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && DigitAt(text, at, out var length) >= 0)
        {
            at += length;
        }

        return at;
    }
}
