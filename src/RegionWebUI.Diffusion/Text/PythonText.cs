using System.Globalization;
using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// Python's character classes, by which A1111's prompt language is defined. .NET's differ: its <c>\w</c> has marks but lacks ², and its white
/// space lacks the four information separators.
/// </summary>
internal static class PythonText
{
    /// <summary>Python's <c>\s</c>.</summary>
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1C' and <= '\x1F';

    /// <summary>Python's <c>\d</c>: decimal digits of every script.</summary>
    public static bool IsDigit(char character) => char.IsDigit(character);

    /// <summary>Python's <c>\w</c> for the character that starts at a place; half a surrogate pair is none.</summary>
    public static bool IsWordAt(string text, int index) =>
        Rune.TryGetRuneAt(text, index, out var rune) && IsWord(rune);

    /// <summary>Whether a text has, between two places, exactly this word: no letter, digit or underscore of the range touches it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="word">ASCII letters.</param>
    /// <param name="at">Where the word is looked for.</param>
    /// <param name="start">First unit of the range.</param>
    /// <param name="end">The unit after the range.</param>
    public static bool HasWord(string text, string word, int at, int start, int end)
    {
        var after = at + word.Length;
        return after <= end
            && string.CompareOrdinal(text, at, word, 0, word.Length) == 0
            && !(at > start && EndsWord(text, at - 1, start))
            && !(after < end && IsWordAt(text, after));
    }

    /// <summary>Units of the word that starts at a place; 0 where none does.</summary>
    public static int WordLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && IsWord(rune))
        {
            end += rune.Utf16SequenceLength;
        }

        return end - start;
    }

    /// <summary>First unit from a place on that is no white space; <paramref name="end"/> when all is.</summary>
    public static int SkipSpace(string text, int start, int end)
    {
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>The unit after the last one before a place that is no white space; <paramref name="start"/> when all is.</summary>
    public static int SkipSpaceBack(string text, int end, int start)
    {
        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Python's <c>float</c> of digits (of any script), a sign, a dot and an exponent. Too large a number is infinite.</summary>
    /// <returns>False where Python raises ValueError.</returns>
    public static bool TryFloat(ReadOnlySpan<char> text, out double value)
    {
        var plain = new char[text.Length];
        for (var i = 0; i < plain.Length; i++)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(text[i]);
            plain[i] = digit >= 0 ? (char)('0' + digit) : text[i];
        }

        const NumberStyles Form = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(plain, Form, CultureInfo.InvariantCulture, out value);
    }

    private static bool EndsWord(string text, int last, int start)
    {
        var first = char.IsLowSurrogate(text[last]) && last > start && char.IsHighSurrogate(text[last - 1]) ? last - 1 : last;
        return IsWordAt(text, first);
    }

    private static bool IsWord(Rune rune) =>
        rune.Value == '_' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
