using System.Globalization;
using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// Unicode normalization form C (UAX #15). The program runs without ICU, where <see cref="string.Normalize()"/> changes nothing; and the origin of
/// every character must be kept.
/// </summary>
internal static class CanonicalComposition
{
    // No character below is changed by composition or composes with the one before it.
    private const int FirstAffected = 0x300;

    // Hangul syllables compose by arithmetic: The Unicode Standard, section 3.12.
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly Dictionary<(int First, int Second), int> _composites = [];
    private static readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private static readonly HashSet<int> _seconds = [];
    private static readonly Dictionary<int, int> _classes = [];

    static CanonicalComposition()
    {
        ReadComposites();
        ReadDecompositions();
        ReadClasses();
    }

    /// <summary>
    /// Brings a text into form C. Where characters were joined, split or put into another order, all of that cluster share its whole origin.
    /// </summary>
    public static List<SourcedRune> Compose(List<SourcedRune> text)
    {
        if (text.TrueForAll(rune => rune.Rune.Value < FirstAffected))
        {
            return text;
        }

        var composed = new List<SourcedRune>(text.Count);
        for (var start = 0; start < text.Count;)
        {
            var end = start + 1;
            while (end < text.Count && !StartsCluster(text[end].Rune.Value))
            {
                end++;
            }

            AddCluster(composed, text, start, end);
            start = end;
        }

        return composed;
    }

    // A starter that never joins the character before it: what lies on its two sides cannot touch.
    private static bool StartsCluster(int character)
    {
        if (character < FirstAffected)
        {
            return true;
        }

        while (_decompositions.TryGetValue(character, out var parts))
        {
            character = parts.First;
        }

        return ClassOf(character) == 0 && !_seconds.Contains(character) && character is not (>= VowelBase and < TailBase + TailCount);
    }

    private static void AddCluster(List<SourcedRune> composed, List<SourcedRune> text, int start, int end)
    {
        if (end - start == 1 && !_decompositions.ContainsKey(text[start].Rune.Value))
        {
            composed.Add(text[start]);
            return;
        }

        var parts = new List<(int Character, int Class)>(end - start);
        for (var i = start; i < end; i++)
        {
            Decompose(text[i].Rune.Value, parts);
        }

        var joined = Join(Ordered(parts));
        var same = joined.Count == end - start;
        for (var i = 0; same && i < joined.Count; i++)
        {
            same = joined[i] == text[start + i].Rune.Value;
        }

        if (same)
        {
            composed.AddRange(text.GetRange(start, end - start));
            return;
        }

        composed.AddRange(joined.Select(character => new SourcedRune(new Rune(character), text[start].Start, text[end - 1].End)));
    }

    private static void Decompose(int character, List<(int Character, int Class)> parts)
    {
        var syllable = character - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            parts.Add((LeadBase + syllable / (VowelCount * TailCount), 0));
            parts.Add((VowelBase + syllable % (VowelCount * TailCount) / TailCount, 0));
            if (syllable % TailCount > 0)
            {
                parts.Add((TailBase + syllable % TailCount, 0));
            }
        }
        else if (_decompositions.TryGetValue(character, out var pair))
        {
            Decompose(pair.First, parts);
            if (pair.Second != 0)
            {
                Decompose(pair.Second, parts);
            }
        }
        else
        {
            parts.Add((character, ClassOf(character)));
        }
    }

    // Canonical ordering: runs of marks are sorted by class, and equal classes keep their order.
    private static List<(int Character, int Class)> Ordered(List<(int Character, int Class)> parts)
    {
        var ordered = new List<(int Character, int Class)>(parts.Count);
        for (var start = 0; start < parts.Count;)
        {
            var end = start;
            while (end < parts.Count && parts[end].Class != 0)
            {
                end++;
            }

            ordered.AddRange(parts.GetRange(start, end - start).OrderBy(part => part.Class));
            if (end < parts.Count)
            {
                ordered.Add(parts[end++]);
            }

            start = end;
        }

        return ordered;
    }

    private static List<int> Join(List<(int Character, int Class)> parts)
    {
        var joined = new List<int>(parts.Count);
        var starter = -1;
        var lastClass = -1;
        foreach (var (character, combiningClass) in parts)
        {
            if (starter >= 0 && lastClass < combiningClass && TryJoin(joined[starter], character, out var composite))
            {
                joined[starter] = composite;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = joined.Count;
            }

            lastClass = combiningClass == 0 ? -1 : combiningClass;
            joined.Add(character);
        }

        return joined;
    }

    private static bool TryJoin(int first, int second, out int composite)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
        {
            composite = SyllableBase + ((first - LeadBase) * VowelCount + second - VowelBase) * TailCount;
            return true;
        }

        var syllable = first - SyllableBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TailCount == 0 && second is > TailBase and < TailBase + TailCount)
        {
            composite = first + second - TailBase;
            return true;
        }

        return _composites.TryGetValue((first, second), out composite);
    }

    private static int ClassOf(int character) => _classes.GetValueOrDefault(character);

    private static void ReadComposites()
    {
        var second = 0;
        foreach (var word in Words(CanonicalTable.Composites))
        {
            if (word.EndsWith(':'))
            {
                second = Hex(word[..^1]);
                _seconds.Add(second);
                continue;
            }

            var (first, composite) = Pair(word, '=');
            _composites.Add((Hex(first), second), Hex(composite));
            _decompositions.Add(Hex(composite), (Hex(first), second));
        }
    }

    private static void ReadDecompositions()
    {
        foreach (var word in Words(CanonicalTable.ExcludedPairs))
        {
            var (character, parts) = Pair(word, '=');
            var (first, second) = Pair(parts, '+');
            _decompositions.Add(Hex(character), (Hex(first), Hex(second)));
        }

        var next = 0;
        foreach (var word in Words(CanonicalTable.Singletons))
        {
            if (word.EndsWith(':'))
            {
                next = Hex(word[..^1]);
                continue;
            }

            _decompositions.Add(next++, (Hex(word), 0));
        }
    }

    private static void ReadClasses()
    {
        foreach (var word in Words(CanonicalTable.Classes))
        {
            var (range, combiningClass) = Pair(word, '=');
            var (first, last) = range.Contains('-') ? Pair(range, '-') : (range, range);
            for (var character = Hex(first); character <= Hex(last); character++)
            {
                _classes.Add(character, int.Parse(combiningClass, CultureInfo.InvariantCulture));
            }
        }
    }

    private static string[] Words(string table) => table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static (string Left, string Right) Pair(string word, char separator)
    {
        var at = word.IndexOf(separator);
        return (word[..at], word[(at + 1)..]);
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
