namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>The textual inversions that a prompt may name.</summary>
internal sealed class TextualInversions
{
    private readonly Dictionary<int, List<TextualInversion>> _byFirstId = [];

    /// <param name="known">Those known; of two with the same tokens the first counts.</param>
    public TextualInversions(IEnumerable<TextualInversion> known)
    {
        foreach (var group in known.GroupBy(inversion => inversion.Ids[0]))
        {
            _byFirstId.Add(group.Key, [.. group.OrderByDescending(inversion => inversion.Ids.Length)]);
        }
    }

    /// <summary>None.</summary>
    public static TextualInversions Empty { get; } = new([]);

    /// <summary>The inversion whose name starts at a token; of several the one of most tokens; null where none does.</summary>
    public TextualInversion? At(ReadOnlySpan<int> ids)
    {
        if (_byFirstId.TryGetValue(ids[0], out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (ids.StartsWith(candidate.Ids.AsSpan()))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
