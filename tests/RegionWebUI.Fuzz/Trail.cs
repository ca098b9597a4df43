using System.Text.RegularExpressions;

namespace RegionWebUI.Fuzz;

/// <summary>What a reader did with an input: all of it as one number, and what kinds of things happened.</summary>
internal sealed partial class Trail
{
    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private const int MostWords = 30;

    private readonly HashSet<ulong> _features = [];

    /// <summary>Stands for everything that was read; equal for equal readings.</summary>
    public ulong Digest { get; private set; } = Offset;

    /// <summary>Kinds of things that happened; an input with a new one is worth changing further.</summary>
    public IReadOnlyCollection<ulong> Features => _features;

    /// <summary>Whether the input was read, and not refused.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Takes note that the input was read.</summary>
    public void Accept() => IsAccepted = true;

    /// <summary>Takes note of a refusal: its words without numbers and quotations are its kind.</summary>
    public void Refuse(string message)
    {
        Add(message);
        Mark(string.Join(' ', Word().Matches(Quotation().Replace(message, "")).Select(word => word.Value).Take(MostWords)));
    }

    /// <summary>Takes note of two kinds of things that came together.</summary>
    public void Mark(string first, string second) => _features.Add(Hashed(Mixed(Hashed(Offset, first), 1), second));

    /// <summary>Takes note of a kind of thing and how often it happened, by powers of two.</summary>
    public void Mark(string kind, long times = 1) =>
        _features.Add(Mixed(Hashed(Offset, kind), times < 0 ? 65 : 64 - (ulong)long.LeadingZeroCount(times)));

    /// <summary>Adds to what was read.</summary>
    public void Add(string? text) => Digest = Hashed(Mixed(Digest, (ulong)(text?.Length ?? -1)), text);

    /// <summary>Adds to what was read.</summary>
    public void Add(long number) => Digest = Mixed(Digest, (ulong)number);

    /// <summary>Adds to what was read.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        foreach (var value in bytes)
        {
            Digest = Mixed(Digest, value);
        }
    }

    private static ulong Hashed(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            hash = Mixed(hash, letter);
        }

        return hash;
    }

    // A quoted name of a stranger may hold quotation marks: then all from the first to the last is his.
    [GeneratedRegex(@"'[\w.]{1,30}'|'.*'", RegexOptions.Singleline)]
    private static partial Regex Quotation();

    // Not the digits of a number in whatever base, nor the name of a chunk.
    [GeneratedRegex(@"\b(?![a-f]+\b)[a-z]{5,}\b")]
    private static partial Regex Word();

    private static ulong Mixed(ulong hash, ulong value) => (hash ^ value) * Prime;
}
