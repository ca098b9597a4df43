using System.Globalization;
using System.Numerics;
using System.Text;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>Reads numbers as Python's <c>int</c> and <c>float</c> do, which also take the digits of other scripts.</summary>
internal static class PythonInput
{
    // Python refuses longer integers, whose reading takes time quadratic in their length.
    private const int MostDigits = 4300;
    private const int MostShown = 40;

    /// <summary>Reads a sign, digits and at most one point.</summary>
    public static bool TryFloat(string text, out double number)
    {
        const NumberStyles Allowed = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return double.TryParse(WithAsciiDigits(text), Allowed, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads an integer: white space around it, a sign, and single underscores between digits are allowed.</summary>
    public static bool TryInteger(string text, out BigInteger number)
    {
        number = 0;
        var digits = WithAsciiDigits(PythonText.Strip(text).ToString());
        var unsigned = digits.AsSpan(digits.StartsWith('+') || digits.StartsWith('-') ? 1 : 0);
        if (unsigned.StartsWith('_') || unsigned.EndsWith('_') || unsigned.Contains("__", StringComparison.Ordinal))
        {
            return false;
        }

        digits = digits.Replace("_", "", StringComparison.Ordinal);
        return digits.Length <= MostDigits
            && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A value for an error message, on one line: cut when it is long, U+FFFD for what breaks a line or is no character.</summary>
    public static string Show(string text)
    {
        var shown = text.Length > MostShown ? text[..MostShown] + "..." : text;
        return string.Concat(shown.EnumerateRunes().Select(rune => BreaksLine(rune) ? Rune.ReplacementChar : rune));
    }

    private static bool BreaksLine(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string WithAsciiDigits(string text)
    {
        var ascii = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var digit = PythonText.DigitAt(text, at, out var length);
            ascii.Append(digit >= 0 ? (char)('0' + digit) : text[at]);
            at += digit >= 0 ? length : 1;
        }

        return ascii.ToString();
    }
}
