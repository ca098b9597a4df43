using System.Text.Json;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Reads the small JSON files of a model folder: one object, no key twice, bounded in size.</summary>
internal static class StrictJson
{
    private const long LongestFile = 64L * 1024 * 1024;

    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The object that a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="displayName">The name that messages use.</param>
    /// <exception cref="ModelException">
    /// The file cannot be read, is longer than 64 MB, or does not hold one JSON object with every key once.
    /// </exception>
    public static JsonElement ReadObject(string path, string displayName)
    {
        var bytes = ReadBytes(path, displayName);
        try
        {
            using var document = JsonDocument.Parse(bytes, _options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ModelException($"The file '{displayName}' is damaged: it does not hold a JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter comes from names that are no valid Unicode.
            throw new ModelException($"The file '{displayName}' is damaged: it is not valid JSON with every key once.", error);
        }
    }

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="ModelException">The file cannot be read, or is longer than 64 MB.</exception>
    public static byte[] ReadBytes(string path, string displayName)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= LongestFile
                ? File.ReadAllBytes(path)
                : throw new ModelException($"The file '{displayName}' has {length} bytes, more than the {LongestFile} allowed.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The file '{displayName}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>A text value; null where the key is absent, null, or its value is not text.</summary>
    public static string? Text(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Escaped halves of surrogate pairs: valid JSON, but no text.
            return null;
        }
    }
}
