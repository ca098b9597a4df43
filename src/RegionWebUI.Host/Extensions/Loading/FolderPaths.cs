namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>Paths inside an extension's folder, links followed.</summary>
internal static class FolderPaths
{
    private const int MostLinks = 32;

    /// <summary>Whether a file that exists lies in a folder once every link on the way to either is followed.</summary>
    /// <exception cref="IOException">A link cannot be followed.</exception>
    public static bool IsInside(string folder, string file)
    {
        var root = Real(folder, MostLinks) + Path.DirectorySeparatorChar;
        return Real(file, MostLinks).StartsWith(root, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static string Real(string path, int linksLeft)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return Path.TrimEndingDirectorySeparator(full);
        }

        var here = Path.Join(Real(parent, linksLeft), Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        if (info.LinkTarget is not { } target)
        {
            return here;
        }

        return linksLeft > 0
            ? Real(Path.GetFullPath(target, Path.GetDirectoryName(here)!), linksLeft - 1)
            : throw new IOException($"The links of '{path}' go in a circle.");
    }
}
