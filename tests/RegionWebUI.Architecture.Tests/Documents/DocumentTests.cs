using RegionWebUI.TestKit;

namespace RegionWebUI.Architecture.Tests.Documents;

public class DocumentTests
{
    private const string Map = "Where is what";

    [Fact]
    public void Documents_PathsTheyName_Exist()
    {
        var documents = SourceTree.Files("docs").Concat(SourceTree.RootFiles()).Where(f => f.EndsWith(".md", StringComparison.Ordinal)).ToList();
        Assert.Contains("README.md", documents);
        Offenders.None(documents.SelectMany(Missing));
    }

    [Fact]
    public void Readme_WhereIsWhat_NamesAPlaceInEveryRow()
    {
        var rows = MarkdownPaths.Rows(SourceTree.Read("README.md"), Map);
        Assert.True(rows.Count >= 12, $"'{Map}' has {rows.Count} rows, not 12 or more.");
        Offenders.None(rows.Where(r => MarkdownPaths.Of(r, Folders).Count == 0).Select(r => $"no path in: {r}"));
    }

    [Fact]
    public void Of_ADocument_FindsLinksAndPathsButNoCommands() =>
        Assert.Equal(
            ["docs/a.png", "LICENSE", "src/A/B.cs", "tests/"],
            MarkdownPaths.Of(
                "![x](docs/a.png) [y](LICENSE#z) [w](https://a.b/c) `src/A/B.cs` `tests/` `a/b` `src`\n```\n`src/no`\n```\n",
                ["src", "tests"]));

    [Fact]
    public void Rows_OfATable_AreThoseBelowItsHeading() =>
        Assert.Equal(["| 1 |", "| 2 |"], MarkdownPaths.Rows("# T\n\n## Map\n\nwords\n\n| a |\n|---|\n| 1 |\n| 2 |\n\n| b |\n", "Map"));

    private static IReadOnlyCollection<string> Folders =>
        [.. new DirectoryInfo(Repository.Root).EnumerateDirectories().Select(d => d.Name), "extensions", "wwwroot-assets", ".ci"];

    private static IEnumerable<string> Missing(string document) =>
        from path in MarkdownPaths.Of(SourceTree.Read(document), Folders)
        let isLink = !Folders.Contains(path.Split('/')[0])
        let full = isLink ? Repository.Path(Path.GetDirectoryName(document)!, path) : Repository.Path(path)
        where !File.Exists(full) && !Directory.Exists(full) && !IsOfMissingExtensions(path)
        select $"{document} names {path}, which does not exist.";

    // Whoever takes the folder away keeps a house that stands.
    private static bool IsOfMissingExtensions(string path) =>
        path.StartsWith("extensions/", StringComparison.Ordinal) && !Directory.Exists(Repository.Path("extensions"));
}
