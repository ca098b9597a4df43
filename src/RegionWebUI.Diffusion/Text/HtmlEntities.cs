using System.Globalization;
using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>Replaces character references (<c>&amp;amp;</c>, <c>&amp;#233;</c>) as Python's <c>html.unescape</c> does, keeping origins.</summary>
internal static class HtmlEntities
{
    private const int LongestName = 32;

    // HTML reads the C1 controls as Windows-1252; 0 is none of them.
    private const string Windows1252 = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly Lazy<Dictionary<string, string>> _names = new(ReadNames);

    /// <summary>The text without references; each character that stood for one has its whole origin.</summary>
    public static List<SourcedRune> Unescape(List<SourcedRune> text)
    {
        if (!text.Exists(rune => rune.Rune.Value == '&'))
        {
            return text;
        }

        var plain = new List<SourcedRune>(text.Count);
        for (var at = 0; at < text.Count;)
        {
            var length = text[at].Rune.Value == '&' ? AddReference(plain, text, at) : 0;
            if (length == 0)
            {
                plain.Add(text[at]);
            }

            at += Math.Max(length, 1);
        }

        return plain;
    }

    // The length of the reference, or 0 where there is none.
    private static int AddReference(List<SourcedRune> plain, List<SourcedRune> text, int start)
    {
        var isNumber = CharAt(text, start + 1) == '#';
        var isHexadecimal = isNumber && CharAt(text, start + 2) is 'x' or 'X';
        var first = start + (isHexadecimal ? 3 : isNumber ? 2 : 1);
        var end = first;
        while (end < text.Count && (isNumber ? IsDigit(CharAt(text, end), isHexadecimal) : end - first < LongestName && IsName(CharAt(text, end))))
        {
            end++;
        }

        if (end == first)
        {
            return 0;
        }

        var semicolon = CharAt(text, end) == ';' ? 1 : 0;
        if (isNumber)
        {
            Add(plain, Character(text, first, end, isHexadecimal ? 16 : 10), text[start].Start, text[end + semicolon - 1].End);
            return end + semicolon - start;
        }

        return AddNamed(plain, text, start, end + semicolon);
    }

    // The longest name that the text begins with; only some may lack their semicolon.
    private static int AddNamed(List<SourcedRune> plain, List<SourcedRune> text, int start, int end)
    {
        var name = new StringBuilder();
        for (var i = start + 1; i < end; i++)
        {
            name.Append(text[i].Rune.ToString());
        }

        // A name of one character is never taken as a prefix.
        var whole = name.Length;
        for (var length = name.Length; length > 1 || length == whole; length--)
        {
            if (_names.Value.TryGetValue(name.ToString(0, length), out var value))
            {
                Add(plain, value, text[start].Start, text[start + length].End);
                return length + 1;
            }
        }

        return 0;
    }

    private static string Character(List<SourcedRune> text, int first, int end, int radix)
    {
        var value = 0;
        for (var i = first; i < end && value <= 0x10FFFF; i++)
        {
            value = value * radix + int.Parse(text[i].Rune.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return value switch
        {
            0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) => "\uFFFD",
            '\r' => "\r",
            >= 0x80 and <= 0x9F => Windows1252[value - 0x80].ToString(),
            (>= 0x1 and <= 0x8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) => "",
            _ when (value & 0xFFFE) == 0xFFFE => "",
            _ => char.ConvertFromUtf32(value),
        };
    }

    private static void Add(List<SourcedRune> plain, string value, int start, int end)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            plain.Add(new SourcedRune(rune, start, end));
        }
    }

    private static char CharAt(List<SourcedRune> text, int index) =>
        index >= text.Count ? '\0' : text[index].Rune.IsBmp ? (char)text[index].Rune.Value : '\uFFFF';

    private static bool IsDigit(char character, bool isHexadecimal) =>
        isHexadecimal ? char.IsAsciiHexDigit(character) : char.IsAsciiDigit(character);

    private static bool IsName(char character) => !"\t\n\f <&#;".Contains(character);

    private static Dictionary<string, string> ReadNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in HtmlEntityTable.References.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=');
            var value = string.Concat(word[(equals + 1)..].Split('+').Select(code => char.ConvertFromUtf32(Convert.ToInt32(code, 16))));
            var name = word[..equals].TrimEnd('*');
            names.Add(name + ';', value);
            if (word[equals - 1] == '*')
            {
                names.Add(name, value);
            }
        }

        return names;
    }
}
