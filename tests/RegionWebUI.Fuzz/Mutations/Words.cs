using System.Text;

namespace RegionWebUI.Fuzz.Mutations;

/// <summary>Makes dictionaries of tokens.</summary>
internal static class Words
{
    /// <summary>Each text as its bytes.</summary>
    public static IReadOnlyList<byte[]> Of(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}
