using System.Text.Json;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Gallery;

/// <summary>The curves of a picture as a JSON file beside it: an array of <c>name</c> and <c>values</c>.</summary>
internal static class CurveFile
{
    // 16 curves of 4,096 numbers, each of 25 characters at most, and their names.
    private const int LargestFile = 2 << 20;

    private static readonly JsonSerializerOptions _options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>The bytes of a whole file.</summary>
    public static byte[] Encode(IReadOnlyList<Curve> curves) => JsonSerializer.SerializeToUtf8Bytes(curves, _options);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message is one sentence.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<Curve> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > LargestFile)
        {
            throw new InvalidDataException($"The file has {stream.Length} bytes; curves take {LargestFile} at most.");
        }

        try
        {
            // The options look at nulls of properties, not at those of arrays.
            return JsonSerializer.Deserialize<Curve[]>(stream, _options) is { } curves && Array.TrueForAll(curves, curve => curve is not null)
                ? curves
                : throw new InvalidDataException("The file holds no curves.");
        }
        catch (Exception refused) when (refused is JsonException or ArgumentException)
        {
            throw new InvalidDataException(refused is JsonException ? "The file is not the JSON that is expected." : refused.Message, refused);
        }
    }
}
