using System.Text.RegularExpressions;
using RegionWebUI.TestKit;

namespace RegionWebUI.Extensions.Tests;

/// <summary>The code blocks of docs/extensions.md.</summary>
internal static partial class Guide
{
    /// <summary>All blocks, in order.</summary>
    public static IReadOnlyList<GuideBlock> Blocks { get; } = Read(File.ReadAllText(Repository.Path("docs", "extensions.md")));

    /// <summary>Blocks of a document: <c>```language file</c>, text, <c>```</c>.</summary>
    public static IReadOnlyList<GuideBlock> Read(string text) =>
        [.. Fence().Matches(text.ReplaceLineEndings("\n")).Select(m => new GuideBlock(
            LastHeading(text.ReplaceLineEndings("\n")[..m.Index]), m.Groups["language"].Value, m.Groups["file"].Value, m.Groups["text"].Value))];

    private static string LastHeading(string before) => Heading().Matches(before).LastOrDefault()?.Groups[1].Value ?? "";

    [GeneratedRegex(@"^```(?<language>[a-z]*) ?(?<file>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
