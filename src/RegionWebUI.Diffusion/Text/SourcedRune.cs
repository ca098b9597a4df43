using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>A character of a text that was changed on its way, and where it came from.</summary>
/// <param name="Rune">The character now.</param>
/// <param name="Start">First UTF-16 unit of its origin in the text as typed.</param>
/// <param name="End">The unit after its origin.</param>
internal readonly record struct SourcedRune(Rune Rune, int Start, int End)
{
    /// <summary>The characters of a text; half a surrogate pair becomes U+FFFD.</summary>
    public static List<SourcedRune> Read(string text)
    {
        var runes = new List<SourcedRune>(text.Length);
        for (var start = 0; start < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(start), out var rune, out var length);
            runes.Add(new SourcedRune(rune, start, start + length));
            start += length;
        }

        return runes;
    }
}
