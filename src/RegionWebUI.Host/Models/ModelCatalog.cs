using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Models;

/// <summary>The models that are there: folders with a <c>model_index.json</c> in the program's and the user's model folders.</summary>
public sealed class ModelCatalog
{
    internal const string IndexFile = "model_index.json";

    private readonly IReadOnlyList<string> _folders;

    /// <summary>Takes the folders that hold models, in order; a name met twice belongs to the first.</summary>
    /// <param name="folders">Folders that may be missing.</param>
    public ModelCatalog(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        _folders = [.. folders];
    }

    /// <summary>The models now on the disk, by name within each folder.</summary>
    public IReadOnlyList<ModelEntry> List() =>
        [.. ModelFolders().Select(ModelFolderReader.Read)];

    /// <summary>The folder of a model.</summary>
    /// <param name="nameOrFolder">A model's name, or a folder that holds model_index.json; null takes the first model there is.</param>
    /// <exception cref="ModelException">There is no such model; the sentence says what there is.</exception>
    public string Resolve(string? nameOrFolder)
    {
        var known = ModelFolders().ToList();
        if (nameOrFolder is null)
        {
            return known is [var first, ..]
                ? first
                : throw new ModelException($"No model was found in {Places()}; put a folder with {IndexFile} there or name one with --model.");
        }

        if (known.Find(f => string.Equals(NameOf(f), nameOrFolder, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            return named;
        }

        if (File.Exists(Path.Join(nameOrFolder, IndexFile)))
        {
            return Path.GetFullPath(nameOrFolder);
        }

        if (Directory.Exists(nameOrFolder))
        {
            throw new ModelException($"The folder '{nameOrFolder}' is no model: it has no {IndexFile}.");
        }

        var advice = NameSuggestion.Nearest(nameOrFolder, known.Select(NameOf)) is { } nearest ? $"the nearest is '{nearest}'" : "no model was found";
        throw new ModelException($"There is no model or folder '{nameOrFolder}'; {advice} (looked in {Places()}).");
    }

    /// <summary>The models that came with the program: <c>models</c> beside it, else <c>models</c> of the checkout it was built in.</summary>
    /// <param name="programFolder">The folder of the executable.</param>
    /// <returns>A full path, or null when there is neither.</returns>
    public static string? FindProgramModels(string programFolder)
    {
        var beside = Path.Join(programFolder, "models");
        if (Directory.Exists(beside))
        {
            return Path.GetFullPath(beside);
        }

        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "RegionWebUI.sln")) && Directory.Exists(Path.Join(folder.FullName, "models")))
            {
                return Path.Join(folder.FullName, "models");
            }
        }

        return null;
    }

    private static string NameOf(string folder) => Path.GetFileName(folder);

    private IEnumerable<string> ModelFolders() =>
        _folders.Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateDirectories(f).Where(d => File.Exists(Path.Join(d, IndexFile))).Order(StringComparer.Ordinal))
            .Select(Path.GetFullPath)
            .DistinctBy(NameOf, StringComparer.OrdinalIgnoreCase);

    private string Places() => _folders.Count == 0 ? "no folder" : string.Join(" and ", _folders.Select(f => $"'{f}'"));
}
