using System.Globalization;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>
/// The assemblies of an extension, read once: what is checked is what is loaded, and no file stays open, so that an author can build anew
/// while the program runs.
/// </summary>
internal sealed class CodeFiles
{
    /// <summary>Most bytes of all assemblies of an extension and their symbols.</summary>
    public const long LargestSum = 256L * 1024 * 1024;

    private readonly Dictionary<string, AssemblyFile> _byName = new(StringComparer.OrdinalIgnoreCase);

    private CodeFiles(string folder, AssemblyFile entry)
    {
        Folder = folder;
        Entry = entry;
    }

    /// <summary>The folder of the entry assembly, as a full path.</summary>
    public string Folder { get; }

    /// <summary>The entry assembly.</summary>
    public AssemblyFile Entry { get; }

    /// <summary>Every assembly of the folder; of two of one name the first by file name.</summary>
    public IEnumerable<AssemblyFile> All => _byName.Values;

    /// <summary>The assembly of a name; null when the folder has none.</summary>
    public AssemblyFile? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads them.</summary>
    /// <param name="folder">The extension's folder.</param>
    /// <param name="assembly">The entry assembly's path in it.</param>
    /// <exception cref="ExtensionRefusedException">
    /// A file is missing, damaged, too large, for another machine, or a link out of the folder.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read just now.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static CodeFiles Read(string folder, string assembly)
    {
        var path = Path.GetFullPath(Path.Join(folder, assembly));
        if (!File.Exists(path))
        {
            throw new ExtensionRefusedException($"the assembly '{assembly}' is not there; build it, or name the right file in the manifest.");
        }

        var left = LargestSum;
        var entry = ReadOne(folder, path, ref left)
            ?? throw new ExtensionRefusedException($"'{assembly}' is not a .NET assembly; a native library cannot be an extension.");
        var files = new CodeFiles(Path.GetDirectoryName(path)!, entry);
        files._byName.Add(entry.Name, entry);
        foreach (var other in Libraries(files.Folder).Where(f => f != path))
        {
            if (ReadOne(folder, other, ref left) is { } library)
            {
                files._byName.TryAdd(library.Name, library);
            }
        }

        return files;
    }

    /// <summary>Name, size and time of the manifest.</summary>
    /// <param name="folder">The extension's folder.</param>
    public static string ManifestStamp(string folder) => Stamp(Path.Join(folder, Manifests.ExtensionManifest.FileName));

    /// <summary>Name, size and time of every file that decides what is loaded; equal stamps mean that nothing changed.</summary>
    /// <param name="folder">The extension's folder.</param>
    /// <param name="assembly">The entry assembly's path in it.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static string CodeStamp(string folder, string assembly)
    {
        var code = Path.GetDirectoryName(Path.GetFullPath(Path.Join(folder, assembly)))!;
        return Directory.Exists(code)
            ? string.Concat(Libraries(code).Concat(Directory.EnumerateFiles(code, "*.pdb").Order(StringComparer.Ordinal)).Select(Stamp))
            : "";
    }

    private static string Stamp(string file)
    {
        var info = new FileInfo(file);
        return string.Create(CultureInfo.InvariantCulture, $"{info.Name}|{(info.Exists ? info.Length : -1)}|{info.LastWriteTimeUtc.Ticks}\n");
    }

    private static IEnumerable<string> Libraries(string folder) => Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal);

    // Judged before a byte of it is in memory, its symbols with it.
    private static AssemblyFile? ReadOne(string folder, string path, ref long left)
    {
        string[] both = [path, AssemblyFile.SymbolsOf(path)];
        foreach (var file in both.Where(File.Exists))
        {
            if (!FolderPaths.IsInside(folder, file))
            {
                throw new ExtensionRefusedException($"'{Path.GetFileName(file)}' is a link out of the extension's folder.");
            }

            left -= AssemblyFile.LengthOf(file);
            if (left < 0)
            {
                throw new ExtensionRefusedException($"its assemblies and their symbols have more than {LargestSum >> 20} MiB together.");
            }
        }

        return AssemblyFile.Read(path);
    }
}
