namespace RegionWebUI.Host.Settings;

/// <summary>
/// Every write of the program. The bytes go to <c>name.tmp-random</c> in the same folder, are flushed to the disk and renamed over the
/// final name; a crash or a full disk at any moment leaves the old file or none, never half a file.
/// </summary>
public static class AtomicFile
{
    private const string TemporaryMark = ".tmp-";

    // Links are not followed: they could lead out of the folder.
    private static readonly EnumerationOptions _insideOnly = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>Writes a whole file, replacing one of that name.</summary>
    /// <param name="path">The final name; its folder must exist.</param>
    /// <param name="content">All bytes of the file.</param>
    /// <param name="failpoints">Names of the moments at which a test may end the process; null for none.</param>
    /// <exception cref="IOException">The disk is full or failed; the old file is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, FileFailpoints? failpoints = null)
    {
        using var staged = Stage(path, content, failpoints);
        staged.Commit();
    }

    /// <summary>Writes and flushes the temporary file only; <see cref="StagedFile.Commit"/> gives it its name, disposal removes it.</summary>
    /// <inheritdoc cref="Write"/>
    public static StagedFile Stage(string path, ReadOnlySpan<byte> content, FileFailpoints? failpoints = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        Hit(failpoints?.BeforeTemp);
        var staged = new StagedFile(TemporaryName(target), target, failpoints);
        try
        {
            using var stream = new FileStream(staged.TemporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(content[..(content.Length / 2)]);
            if (failpoints is not null)
            {
                stream.Flush();
                Failpoint.Hit(failpoints.HalfWritten);
            }

            stream.Write(content[(content.Length / 2)..]);
            stream.Flush(flushToDisk: true);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Finds out whether a file of this name can be written, and leaves nothing behind.</summary>
    /// <exception cref="IOException">The folder is missing, the name is a folder, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void CheckWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder.");
        }

        using var probe = Stage(path, []);
    }

    /// <summary>Removes what writes that were cut off left behind, in a folder and everything below it.</summary>
    /// <returns>How many files were removed.</returns>
    public static int Sweep(string folder)
    {
        var leftovers = Directory.EnumerateFiles(folder, "*" + TemporaryMark + "*", _insideOnly).ToList();
        leftovers.ForEach(File.Delete);
        return leftovers.Count;
    }

    /// <summary>Removes what writes of one file that were cut off left behind.</summary>
    /// <param name="path">The file's final name; its folder must exist.</param>
    internal static void SweepLeftoversOf(string path)
    {
        var leftovers = new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles(Path.GetFileName(path) + TemporaryMark + "*");
        leftovers.ToList().ForEach(file => file.Delete());
    }

    /// <summary>A name in the file's folder that is nobody's yet, and that a sweep removes.</summary>
    internal static string TemporaryName(string target) => $"{target}{TemporaryMark}{Guid.NewGuid():N}"[..(target.Length + TemporaryMark.Length + 8)];

    private static void Hit(string? failpoint)
    {
        if (failpoint is not null)
        {
            Failpoint.Hit(failpoint);
        }
    }
}
