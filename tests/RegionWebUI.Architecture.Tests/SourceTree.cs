using RegionWebUI.TestKit;

namespace RegionWebUI.Architecture.Tests;

/// <summary>The files of the checkout that people write: no build output, no packages, no bundled scripts.</summary>
internal static class SourceTree
{
    private static readonly string[] _skipped = ["bin", "obj", "node_modules", ".git", "artifacts", "TestResults", "dist"];

    /// <summary>Files below the given folders (a missing folder has none), as paths from the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(params string[] folders) =>
        [.. folders.SelectMany(f => Walk(new DirectoryInfo(Repository.Path(f)))).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>Files that lie in the root folder itself.</summary>
    public static IReadOnlyList<string> RootFiles() =>
        [.. new DirectoryInfo(Repository.Root).EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <summary>Text of a file named from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Repository.Path(path));

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        if (!folder.Exists)
        {
            return [];
        }

        var below = folder.EnumerateDirectories().Where(d => !_skipped.Contains(d.Name)).SelectMany(Walk);
        return folder.EnumerateFiles().Select(f => f.FullName).Concat(below);
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
