using System.Text.Json;
using System.Text.RegularExpressions;
using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Extensions.Manifests;

/// <summary>One field of a manifest, and the sentence for each way it can be wrong.</summary>
/// <param name="file">The manifest as a sentence names it: "demo/extension.json".</param>
/// <param name="name">The field.</param>
/// <param name="value">Its value; undefined when the manifest has no such field.</param>
internal sealed class ManifestField(string file, string name, JsonElement value)
{
    private const int LongestList = 64;

    /// <summary>A text of one form.</summary>
    /// <param name="form">The whole text's form.</param>
    /// <param name="described">The form in words: "a version such as 1.2.0".</param>
    public string Match(Regex form, string described)
    {
        var text = Text(described);
        return form.IsMatch(text) ? text : throw Wrong(described);
    }

    /// <summary>A text on one line.</summary>
    /// <param name="fallback">What holds when the field is not there.</param>
    /// <param name="longest">Most characters.</param>
    public string Line(string fallback, int longest)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return fallback;
        }

        var described = $"a text of 1..{longest} characters on one line";
        var text = Text(described);
        return text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl) ? text : throw Wrong(described);
    }

    /// <summary>A list of ids without doubles; empty when the field is not there.</summary>
    /// <param name="own">The extension's own id, which cannot be in it.</param>
    public IReadOnlyList<string> Ids(string own)
    {
        var described = $"a list of at most {LongestList} ids of other extensions";
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > LongestList)
        {
            throw Wrong(described);
        }

        var ids = value.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : "").ToList();
        return ids.All(i => ExtensionId.IsLegal(i) && i != own) ? [.. ids.Distinct()] : throw Wrong(described);
    }

    /// <summary>An object of texts, numbers, true and false, as text; empty when the field is not there.</summary>
    public IReadOnlyDictionary<string, string> Values()
    {
        var described = "an object of parameter names with texts, numbers, true or false";
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return new Dictionary<string, string>();
        }

        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch
            {
                JsonValueKind.String => p.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => p.Value.GetRawText(),
                _ => throw Wrong(described),
            })
            : throw Wrong(described);
    }

    /// <summary>The refusal of the field's value.</summary>
    /// <param name="described">What it must be.</param>
    public ExtensionRefusedException Wrong(string described) => new(value.ValueKind == JsonValueKind.Undefined
        ? $"{file} has no \"{name}\"; it must be {described}."
        : $"\"{name}\" in {file} must be {described}, not {Shown}.");

    private string Shown => value.ValueKind == JsonValueKind.String
        ? $"'{ErrorText.Line(NameSuggestion.Shortened(value.GetString()!))}'"
        : ErrorText.Line(NameSuggestion.Shortened(value.GetRawText()));

    private string Text(string described) => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(described);
}
