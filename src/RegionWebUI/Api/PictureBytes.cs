using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RegionWebUI.Api;

/// <summary>
/// A picture file inside JSON: base64, with or without the prefix of a data address, whose kind is not believed: the file's content says it.
/// Read without making a string of it, which would take four times the file's memory.
/// </summary>
internal sealed class PictureBytes : JsonConverter<byte[]>
{
    /// <inheritdoc/>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A picture is a string of base64.");
        }

        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        try
        {
            // Copied and not taken as it stands: many writers of JSON escape '+' and '/'.
            var text = rented.AsSpan(0, reader.CopyString(rented));
            text = text[PrefixLength(text)..];
            return Base64.DecodeFromUtf8InPlace(text, out var written) == OperationStatus.Done
                ? text[..written].ToArray()
                : throw new JsonException("A picture is a string of base64.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    private static int PrefixLength(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = "data:image/"u8, end = ";base64,"u8;
        if (!text.StartsWith(start) || text.IndexOf(end) is not (> 0 and var at))
        {
            return 0;
        }

        var kind = text[start.Length..at];
        return kind.SequenceEqual("png"u8) || kind.SequenceEqual("jpeg"u8) || kind.SequenceEqual("webp"u8) ? at + end.Length : 0;
    }
}
