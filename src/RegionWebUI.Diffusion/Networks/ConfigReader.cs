using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Reads a network's config.json, with one sentence for every value that is missing or not supported.</summary>
/// <param name="network">Name of the network in messages.</param>
/// <param name="json">The config object.</param>
internal readonly struct ConfigReader(string network, JsonElement json)
{
    /// <summary>An integer from 1 up.</summary>
    public int Int(string key, int? fallback = null)
    {
        if (Absent(key, out var value) && fallback is { } given)
        {
            return given;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1
            ? number
            : throw Fault(key, value, "a whole number from 1 up");
    }

    /// <summary>A finite number.</summary>
    public double Number(string key, double? fallback = null)
    {
        if (Absent(key, out var value) && fallback is { } given)
        {
            return given;
        }

        return value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble())
            ? value.GetDouble()
            : throw Fault(key, value, "a finite number");
    }

    /// <summary>A truth value.</summary>
    public bool Flag(string key, bool fallback) =>
        Absent(key, out var value) ? fallback : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Fault(key, value, "true or false"),
        };

    /// <summary>A text.</summary>
    public string Text(string key, string fallback) =>
        Absent(key, out var value) ? fallback : StrictJson.Text(json, key) ?? throw Fault(key, value, "a text");

    /// <summary>A list of integers from 1 up.</summary>
    public int[] Ints(string key)
    {
        var value = Absent(key, out var found) ? default : found;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            throw Fault(key, value, "a list of whole numbers");
        }

        var numbers = value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var n) ? n : 0).ToArray();
        return numbers.All(n => n >= 1) ? numbers : throw Fault(key, value, "a list of whole numbers from 1 up");
    }

    /// <summary>One integer for every level, or a list with one per level.</summary>
    public int[] PerLevel(string key, int levels, int? fallback = null)
    {
        if (!Absent(key, out var value) && value.ValueKind == JsonValueKind.Array)
        {
            var list = Ints(key);
            return list.Length == levels ? list : throw Fault(key, value, $"a list of {levels} numbers");
        }

        return [.. Enumerable.Repeat(Int(key, fallback), levels)];
    }

    /// <summary>A list of texts.</summary>
    public string[] Texts(string key)
    {
        var value = Absent(key, out var found) ? default : found;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            // Escapes stay as they are: the names that are legal here have none, and a broken one must not throw.
            ? [.. value.EnumerateArray().Select(e => e.GetRawText().Trim('"'))]
            : throw Fault(key, value, "a list of texts");
    }

    /// <summary>An object.</summary>
    public JsonElement Object(string key) =>
        !Absent(key, out var value) && value.ValueKind == JsonValueKind.Object ? value : throw Fault(key, value, "an object");

    /// <summary>Whether a key is missing or null.</summary>
    public bool IsAbsent(string key) => Absent(key, out _);

    /// <summary>Refuses a value the network code does not build.</summary>
    public void Require(bool supported, string key, string what)
    {
        if (!supported)
        {
            throw Fault(key, Absent(key, out var value) ? default : value, what);
        }
    }

    private bool Absent(string key, out JsonElement value)
    {
        value = default;
        return json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(key, out value) || value.ValueKind == JsonValueKind.Null;
    }

    private ModelException Fault(string key, JsonElement value, string wanted)
    {
        var found = value.ValueKind == JsonValueKind.Undefined ? "missing" : UntrustedText.Quote(value.GetRawText());
        return new ModelException($"The {network} configuration gives '{key}' as {found}; this version takes {wanted}.");
    }
}
