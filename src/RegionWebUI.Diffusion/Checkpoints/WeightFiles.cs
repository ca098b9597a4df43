using System.Text.Json;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Finds and opens the weights of one network of a model folder: one file, or several with an index.</summary>
internal sealed class WeightFiles
{
    private const string Suffix = ".safetensors";

    private static readonly string[] _pickleSuffixes = [".ckpt", ".bin", ".pt", ".pth", ".pkl"];

    private readonly string _folder;
    private readonly string _display;
    private readonly string? _file;

    /// <param name="model">Full path of the model folder.</param>
    /// <param name="modelName">The model's name.</param>
    /// <param name="part">Folder of the network.</param>
    /// <param name="stem">Usual file name without its suffixes.</param>
    public WeightFiles(string model, string modelName, string part, string stem)
    {
        _folder = Path.Combine(model, part);
        _display = $"{modelName}/{part}";
        Usual = $"{part}/{stem}{Suffix}";

        // diffusers has spelled the variant's index in three ways.
        string[] candidates =
        [
            $"{stem}{Suffix}", $"{stem}{Suffix}.index.json", $"{stem}.fp16{Suffix}",
            $"{stem}{Suffix}.index.fp16.json", $"{stem}.fp16{Suffix}.index.json", $"{stem}{Suffix}.fp16.index.json",
        ];
        _file = candidates.FirstOrDefault(name => File.Exists(Path.Combine(_folder, name)));
        Pickle = FirstPickle(_folder) is { } pickle ? $"{part}/{pickle}" : null;
    }

    /// <summary>Path of the usual file inside the model folder, for messages.</summary>
    public string Usual { get; }

    /// <summary>Whether there are safetensors weights.</summary>
    public bool Found => _file is not null;

    /// <summary>Path of a pickle inside the model folder; null where there is none.</summary>
    public string? Pickle { get; }

    /// <summary>Whether a file is a pickle by its name.</summary>
    public static bool IsPickle(string path) => _pickleSuffixes.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Name of the first pickle of a folder; null where there is none.</summary>
    public static string? FirstPickle(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? Directory.EnumerateFiles(folder).Where(IsPickle).Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault()
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The folder '{folder}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Opens the weights that were found.</summary>
    /// <exception cref="ModelException">They are damaged, cannot be read, or their index does not fit them.</exception>
    public WeightSet Open()
    {
        var file = _file ?? throw new InvalidOperationException($"'{_display}' has no weights to open.");
        return file.EndsWith(".json", StringComparison.Ordinal) ? OpenSharded(file) : WeightSet.Of(OpenFile(file));
    }

    private SafetensorsFile OpenFile(string name)
    {
        var display = $"{_display}/{name}";
        try
        {
            return SafetensorsFile.Open(Path.Combine(_folder, name), display);
        }
        catch (SafetensorsFormatException error)
        {
            throw new ModelException(error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The weights file '{display}' cannot be read: {error.Message}", error);
        }
    }

    private WeightSet OpenSharded(string indexName)
    {
        var display = $"{_display}/{indexName}";
        var index = StrictJson.ReadObject(Path.Combine(_folder, indexName), display);
        if (!index.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
        {
            throw new ModelException($"The weights index '{display}' is damaged: it has no object 'weight_map'.");
        }

        var weightMap = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        foreach (var (tensor, shard) in Entries(map, display))
        {
            weightMap.Add(tensor, shard);
            if (!files.ContainsKey(shard))
            {
                RefuseBadShard(shard, display);
                files.Add(shard, OpenFile(shard));
            }
        }

        return weightMap.Count > 0
            ? WeightSet.Of(display, files, weightMap)
            : throw new ModelException($"The weights index '{display}' is damaged: its weight_map is empty.");
    }

    private static List<(string Tensor, string Shard)> Entries(JsonElement map, string display)
    {
        var entries = new List<(string Tensor, string Shard)>();
        try
        {
            foreach (var property in map.EnumerateObject())
            {
                entries.Add((property.Name, property.Value.GetString() ?? ""));
            }
        }
        catch (InvalidOperationException error)
        {
            throw new ModelException($"The weights index '{display}' is damaged: its weight_map is not text to text.", error);
        }

        return entries;
    }

    private void RefuseBadShard(string shard, string display)
    {
        // The index is as untrusted as the weights: a name must never lead out of its own folder.
        if (shard.AsSpan().IndexOfAny('/', '\\', ':') >= 0 || shard.Any(char.IsControl) || !shard.EndsWith(Suffix, StringComparison.Ordinal))
        {
            throw new ModelException(
                $"The weights index '{display}' names the file {UntrustedText.Quote(shard)}, which is no plain .safetensors file name.");
        }

        if (!File.Exists(Path.Combine(_folder, shard)))
        {
            throw new ModelException($"The weights '{_display}' are half there: {shard} is missing.");
        }
    }
}
