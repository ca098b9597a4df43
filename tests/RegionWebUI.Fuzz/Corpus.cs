using RegionWebUI.TestKit;

namespace RegionWebUI.Fuzz;

/// <summary>The kept inputs: seeds, and whatever ever broke a promise.</summary>
internal static class Corpus
{
    /// <summary>Folder of the repository that holds a folder for each target.</summary>
    public static string DefaultFolder => Repository.Path("tests", "fuzz-corpus");

    /// <summary>The inputs of a target by file name, in ordinal order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder for the target.</exception>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Load(string folder, FuzzTarget target) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(folder, target.Name)).Order(StringComparer.Ordinal)
            .Select(file => KeyValuePair.Create(Path.GetFileName(file), File.ReadAllBytes(file))),
    ];

    /// <summary>Keeps an input that broke a promise.</summary>
    /// <returns>The file.</returns>
    public static string Keep(string folder, FuzzTarget target, string problem, byte[] input)
    {
        var words = new string([.. problem.Take(60).Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')]);
        var path = Path.Combine(folder, target.Name, $"found-{words.Trim('-')}.bin");
        File.WriteAllBytes(path, input);
        return path;
    }
}
