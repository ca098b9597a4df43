using System.Globalization;
using System.Text;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Text out of files that nobody vouches for, made fit for a message.</summary>
internal static class UntrustedText
{
    private const int LongestName = 80;

    /// <summary>
    /// In quotes, on one line: control characters, line and paragraph separators and halves of surrogate pairs replaced, at most 80 characters.
    /// </summary>
    public static string Quote(string name)
    {
        var shown = name.Length > LongestName ? name[..LongestName] + "…" : name;
        return $"'{string.Concat(shown.EnumerateRunes().Select(rune => BreaksLine(rune) ? Rune.ReplacementChar : rune))}'";
    }

    private static bool BreaksLine(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
