using System.Globalization;
using System.Text;

namespace RegionWebUI.Fuzz;

/// <summary>What is asked of every reader.</summary>
internal static class Promise
{
    private const int LongestMessage = 500;

    /// <summary>Ends the input with a finding when a promise is not kept.</summary>
    /// <param name="kept">Whether it is.</param>
    /// <param name="broken">What happened instead.</param>
    public static void Keep(bool kept, string broken)
    {
        if (!kept)
        {
            throw new BrokenPromiseException(broken);
        }
    }

    /// <summary>A message for a user: one line of well-formed text with a full stop, not the input itself.</summary>
    public static void IsMessage(string message)
    {
        Keep(message.EndsWith('.') && message.Length > 10, "A message is no sentence.");
        Keep(message.Length <= LongestMessage, "A message is too long.");
        for (var at = 0; at < message.Length;)
        {
            var whole = Rune.TryGetRuneAt(message, at, out var rune);
            Keep(whole, "A message holds half a surrogate pair.");
            Keep(!BreaksLine(rune), "A message holds a control character or a line end.");
            at += rune.Utf16SequenceLength;
        }
    }

    /// <summary>A range that lies inside a text or a file.</summary>
    public static void IsInside(long start, long end, long length, string what)
    {
        if (start < 0 || start > end || end > length)
        {
            throw new BrokenPromiseException($"The {what} {start} to {end} is not inside 0 to {length}.");
        }
    }

    private static bool BreaksLine(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
