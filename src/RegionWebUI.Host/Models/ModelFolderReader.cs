using System.Text.Json;

namespace RegionWebUI.Host.Models;

/// <summary>Reads from a diffusers folder what a list shows, without opening its weights.</summary>
internal static class ModelFolderReader
{
    private const int LargestConfig = 1 << 20;
    private const string Unknown = "unknown";

    public static ModelEntry Read(string folder)
    {
        var name = Path.GetFileName(folder);
        try
        {
            var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
            Object(Path.Join(folder, ModelCatalog.IndexFile));
            return new ModelEntry(name, Kind(Object(Path.Join(folder, "unet", "config.json"))), folder, bytes, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new ModelEntry(name, Unknown, folder, 0, $"The model '{name}' cannot be read ({e.Message.TrimEnd('.')}).");
        }
    }

    // The width of the text encoder that a UNet listens to tells the families apart.
    private static string Kind(JsonElement unet)
    {
        var family = Whole(unet, "cross_attention_dim") switch
        {
            256 => "pocket",
            768 => "SD 1.x",
            1024 => "SD 2.x",
            2048 => "SDXL",
            _ => Unknown,
        };
        return Whole(unet, "in_channels") == 9 ? family + " inpaint" : family;
    }

    private static int? Whole(JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static JsonElement Object(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > LargestConfig)
        {
            throw new IOException($"'{path}' has {stream.Length} bytes, at most {LargestConfig} are read");
        }

        using var document = JsonDocument.Parse(stream);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.Clone()
            : throw new JsonException($"'{path}' holds no JSON object");
    }
}
