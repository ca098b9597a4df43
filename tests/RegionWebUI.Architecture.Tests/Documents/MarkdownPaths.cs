using System.Text.RegularExpressions;

namespace RegionWebUI.Architecture.Tests.Documents;

/// <summary>Finds the places of the repository that a document names.</summary>
internal static partial class MarkdownPaths
{
    /// <summary>Targets of links and pictures that are no web addresses, and words in `code` that start with a folder of the repository.</summary>
    /// <param name="text">The document.</param>
    /// <param name="folders">Names of the folders in the root.</param>
    public static IReadOnlyList<string> Of(string text, IReadOnlyCollection<string> folders)
    {
        var prose = Fence().Replace(text, "");
        var links = Link().Matches(prose).Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal));
        var words = Code().Matches(prose).Select(m => m.Groups[1].Value)
            .Where(w => folders.Contains(w.Split('/')[0]) && w.Contains('/', StringComparison.Ordinal));
        return [.. links.Concat(words).Distinct()];
    }

    /// <summary>Rows of the table below a heading, without its head.</summary>
    public static IReadOnlyList<string> Rows(string text, string heading)
    {
        var at = text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        return at < 0
            ? []
            : [.. text[(at + heading.Length + 5)..].Split('\n').SkipWhile(l => !l.StartsWith('|')).TakeWhile(l => l.StartsWith('|')).Skip(2)];
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\\s]+)`")]
    private static partial Regex Code();
}
